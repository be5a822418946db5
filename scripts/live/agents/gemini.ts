import { put, type Profile } from './profile.js';

/** Gemini CLI 0.61.0; its settings: ~/.gemini/settings.json. */
export const gemini: Profile = {
  agent: 'gemini',
  command: ['gemini'],
  autoArgs: ['--approval-mode', 'yolo'],
  env: ({ modelUrl }) => ({
    GEMINI_API_KEY: 'made-up-key',
    GOOGLE_GEMINI_BASE_URL: modelUrl,
    GEMINI_TELEMETRY_ENABLED: 'false',
  }),
  prepare: async ({ home, trusted }) => {
    await put(`${home}/.gemini/settings.json`, {
      security: { auth: { selectedType: 'gemini-api-key' } },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    });
    const trust = trusted.map((directory) => [directory, 'TRUST_FOLDER']);
    await put(`${home}/.gemini/trustedFolders.json`, Object.fromEntries(trust));
  },
  ready: /Type your message/,
  settleMs: 1500,
  permission: { sign: /Allow execution|Allow once/i, yes: ['Enter'], no: ['Escape'] },
  edit: { sign: /Apply this change|Allow once/i, yes: ['Enter'], no: ['Escape'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'] },
  plan: null,
  trust: { sign: /Do you trust/, yes: ['Enter'], no: ['Down', 'Down', 'Enter'] },
  interrupt: ['Escape'],
  newConversation: '/clear',
  quit: '/quit',
  resumeArgs: ['--resume', 'latest'],
  oneShot: (prompt) => ['gemini', '--approval-mode', 'yolo', '-p', prompt],
};
