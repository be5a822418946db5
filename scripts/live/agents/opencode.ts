import { put, type Profile } from './profile.js';

/** opencode 1.18.33, without a port; its settings: ~/.config/opencode/opencode.json. */
export const opencode: Profile = {
  agent: 'opencode',
  command: ['opencode'],
  autoArgs: [],
  env: () => ({
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    DO_NOT_TRACK: '1',
  }),
  prepare: async ({ home, modelUrl }) => {
    const models = {
      'mock-1': { name: 'Mock 1', limit: { context: 128_000, output: 8000 } },
      'mock-small': { name: 'Mock small' },
    };
    const options = { baseURL: `${modelUrl}/v1`, apiKey: 'made-up-key' };
    await put(`${home}/.config/opencode/opencode.json`, {
      autoupdate: false,
      share: 'disabled',
      model: 'mock/mock-1',
      small_model: 'mock/mock-small',
      provider: { mock: { npm: '@ai-sdk/openai-compatible', name: 'Mock', options, models } },
      permission: { bash: { '*': 'ask', './auto *': 'allow' }, edit: 'ask' },
    });
  },
  ready: /Ask anything/,
  settleMs: 1500,
  permission: { sign: /Permission required/, yes: ['Enter'], no: ['Right', 'Right', 'Enter'] },
  edit: { sign: /Permission required/, yes: ['Enter'], no: ['Right', 'Right', 'Enter'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'] },
  plan: null,
  trust: null,
  interrupt: ['Escape', 'Escape'],
  newConversation: '/new',
  quit: '/exit',
  resumeArgs: ['--continue'],
  oneShot: (prompt) => ['opencode', 'run', prompt],
};
