import { put, type Profile } from './profile.js';

/** Qwen Code 0.24.4; its settings: ~/.qwen/settings.json. */
export const qwen: Profile = {
  agent: 'qwen',
  command: ['qwen'],
  autoArgs: ['--approval-mode', 'yolo'],
  env: ({ modelUrl }) => ({
    OPENAI_API_KEY: 'made-up-key',
    OPENAI_BASE_URL: `${modelUrl}/v1`,
    OPENAI_MODEL: 'mock-1',
  }),
  prepare: async ({ home, trusted, modelUrl }) => {
    const auth = { selectedType: 'openai', apiKey: 'made-up-key', baseUrl: `${modelUrl}/v1` };
    await put(`${home}/.qwen/settings.json`, {
      security: { auth },
      model: { name: 'mock-1' },
      tools: { approvalMode: 'default' },
      general: { disableAutoUpdate: true, enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    });
    const trust = trusted.map((directory) => [directory, 'TRUST_FOLDER']);
    await put(`${home}/.qwen/trustedFolders.json`, Object.fromEntries(trust));
  },
  ready: /Type your message/,
  settleMs: 1500,
  permission: { sign: /Allow execution|Yes, allow once/i, yes: ['Enter'], no: ['Escape'] },
  edit: { sign: /Apply this change|Yes, allow once/i, yes: ['Enter'], no: ['Escape'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'] },
  plan: null,
  trust: null,
  interrupt: ['Escape'],
  newConversation: '/clear',
  quit: '/quit',
  resumeArgs: ['--continue'],
  oneShot: (prompt) => ['qwen', '--approval-mode', 'yolo', '-p', prompt],
};
