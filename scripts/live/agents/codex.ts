import { put, type Profile } from './profile.js';

/** Codex 0.171.0; its settings: ~/.codex/config.toml. Its daemon is left as it comes: one for all sessions of a home. */
export const codex: Profile = {
  agent: 'codex',
  command: ['codex'],
  autoArgs: ['--dangerously-bypass-approvals-and-sandbox'],
  env: () => ({ MOCK_KEY: 'made-up-key' }),
  prepare: async ({ home, trusted, modelUrl }) => {
    const projects = trusted.map((directory) => `[projects."${directory}"]\ntrust_level = "trusted"`);
    await put(
      `${home}/.codex/config.toml`,
      `model = "gpt-5.2-codex"
model_provider = "mock"
check_for_update_on_startup = false
approval_policy = "on-request"
sandbox_mode = "workspace-write"
[model_providers.mock]
name = "mock"
base_url = "${modelUrl}/v1"
env_key = "MOCK_KEY"
wire_api = "responses"
[analytics]
enabled = false
[feedback]
enabled = false
[otel]
exporter = "none"
${projects.join('\n')}
`,
    );
  },
  ready: /› Ask Codex|^› \S.*\n\n\s+gpt-5/m,
  settleMs: 1200,
  trustHooks: { sign: /Hooks need review/, keys: ['Down', 'Enter'] },
  permission: { sign: /Would you like to run|Yes, proceed/, yes: ['Enter'], no: ['Escape'] },
  edit: { sign: /Would you like to|Yes, proceed/, yes: ['Enter'], no: ['Escape'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'], keys: ['BTab'] },
  plan: null,
  trust: { sign: /Trust this folder|Do you trust/i, yes: ['Enter'], no: ['Down', 'Enter'] },
  interrupt: ['Escape'],
  newConversation: '/new',
  newDialog: { sign: /Where should the new conversation run/, keys: ['Enter'] },
  quit: '/quit',
  resumeArgs: ['resume', '--last'],
  oneShot: (prompt) => ['codex', 'exec', '--dangerously-bypass-approvals-and-sandbox', prompt],
};
