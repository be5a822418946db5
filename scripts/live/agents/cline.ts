import { put, type Profile } from './profile.js';

/** Cline's terminal program 3.0.65; its settings: ~/.cline/data, and `cline auth` for the model. */
export const cline: Profile = {
  agent: 'cline',
  command: ['cline', '-i', '--auto-approve', 'false'],
  autoArgs: ['--auto-approve', 'true'],
  env: () => ({ CLINE_TELEMETRY_DISABLED: '1' }),
  prepare: async ({ home, modelUrl, run }) => {
    const shown = { 'cline-cli-cline-pass-intro': true, 'cline-cli-desktop-launch': true };
    await put(`${home}/.cline/data/settings/cli-notices.json`, { shown });
    const model = ['-k', 'made-up-key', '-m', 'gpt-4o', '-b', `${modelUrl}/v1`];
    await run('cline', ['auth', 'openai-compatible', ...model]);
  },
  ready: /What can I do for you\?/,
  settleMs: 3000,
  permission: { sign: /Approve tool call/i, yes: ['y'], no: ['n'] },
  edit: { sign: /Approve tool call/i, yes: ['y'], no: ['n'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'] },
  plan: null,
  trust: null,
  interrupt: ['Escape'],
  newConversation: '/clear',
  quit: '/exit',
  resumeArgs: null,
  oneShot: (prompt) => ['cline', '--auto-approve', 'true', prompt],
};
