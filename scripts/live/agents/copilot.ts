import { put, type Profile } from './profile.js';

/** Copilot CLI 1.0.102 with a model of one's own, so that no login is needed; its settings: ~/.copilot/config.json. */
export const copilot: Profile = {
  agent: 'copilot',
  command: ['copilot'],
  autoArgs: ['--allow-all-tools'],
  env: ({ modelUrl }) => ({
    COPILOT_PROVIDER_BASE_URL: `${modelUrl}/v1`,
    COPILOT_PROVIDER_API_KEY: 'made-up-key',
    COPILOT_PROVIDER_TYPE: 'openai',
    COPILOT_MODEL: 'mock-1',
    COPILOT_AUTO_UPDATE: 'false',
    COPILOT_OFFLINE: 'true',
  }),
  prepare: async ({ home, trusted }) => {
    await put(`${home}/.copilot/config.json`, { trustedFolders: trusted, appTipShown: true });
  },
  ready: /\/ commands/,
  settleMs: 1500,
  permission: { sign: /Do you want to run this command/i, yes: ['Enter'], no: ['Escape'] },
  edit: { sign: /Do you want to (create|edit|allow|make)/i, yes: ['Enter'], no: ['Escape'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'] },
  plan: null,
  trust: { sign: /trust the files|Confirm folder trust/i, yes: ['Enter'], no: ['Escape'] },
  interrupt: ['Escape', 'Escape'],
  newConversation: '/clear',
  quit: '/exit',
  resumeArgs: ['--continue'],
  oneShot: (prompt) => ['copilot', '--allow-all-tools', '-p', prompt],
};
