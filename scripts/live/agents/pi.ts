import { put, type Profile } from './profile.js';

/** pi asks for nothing: it has no dialogs. Its settings: packages/coding-agent/docs of badlogic/pi-mono. */
export const pi: Profile = {
  agent: 'pi',
  command: ['pi', '--provider', 'mock', '--model', 'mock-1'],
  autoArgs: [],
  env: () => ({ PI_OFFLINE: '1', PI_SKIP_VERSION_CHECK: '1', PI_TELEMETRY: '0' }),
  prepare: async ({ home, modelUrl }) => {
    const mock = {
      baseUrl: `${modelUrl}/v1`,
      api: 'openai-completions',
      apiKey: 'made-up-key',
      compat: { supportsDeveloperRole: false, supportsReasoningEffort: false },
      models: [{ id: 'mock-1' }],
    };
    await put(`${home}/.pi/agent/models.json`, { providers: { mock } });
    await put(`${home}/.pi/agent/settings.json`, { defaultProvider: 'mock', defaultModel: 'mock-1' });
  },
  ready: /\(auto\)\s+mock-1/,
  settleMs: 1500,
  permission: null,
  edit: null,
  question: null,
  plan: null,
  trust: null,
  interrupt: ['Escape'],
  newConversation: '/new',
  quit: '/quit',
  resumeArgs: ['--continue'],
  oneShot: (prompt) => ['pi', '--provider', 'mock', '--model', 'mock-1', '-p', prompt],
};
