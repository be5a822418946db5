import { put, type Profile } from './profile.js';

const KEY = 'sk-ant-made-up-key-0123456789';

/** Claude Code 2.1.332. Its onboarding and its folders' trust stand in ~/.claude.json. */
export const claudeCode: Profile = {
  agent: 'claude-code',
  command: ['claude'],
  autoArgs: [],
  env: ({ modelUrl }) => ({
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: modelUrl,
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    IS_SANDBOX: '1',
  }),
  prepare: async ({ home, trusted }) => {
    const trust = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true, allowedTools: [] };
    await put(`${home}/.claude.json`, {
      numStartups: 5,
      hasCompletedOnboarding: true,
      lastOnboardingVersion: '9.9.9',
      theme: 'dark',
      autoUpdates: false,
      effortCalloutV2Dismissed: true,
      customApiKeyResponses: { approved: [KEY.slice(-20)], rejected: [] },
      projects: Object.fromEntries(trusted.map((directory) => [directory, trust])),
    });
    const permissions = { defaultMode: 'default', allow: ['Bash(./auto:*)'] };
    await put(`${home}/.claude/settings.json`, { permissions });
  },
  ready: /for shortcuts|❯\s*(Try|$)/m,
  settleMs: 1500,
  offers: [{ sign: /Make auto mode your default/, keys: ['Down', 'Enter'] }],
  permission: { sign: /Do you want to proceed/, yes: ['Enter'], no: ['Escape'] },
  edit: { sign: /Do you want to create/, yes: ['Enter'], no: ['Escape'] },
  question: { sign: /Which colour/, yes: ['Enter'], no: ['Escape'] },
  plan: {
    sign: /❯ 1\. /,
    yes: ['Enter'],
    no: ['Escape'],
    args: ['--permission-mode', 'plan'],
  },
  trust: { sign: /trust/i, yes: ['Down', 'Enter'], no: ['Escape'] },
  interrupt: ['Escape'],
  newConversation: '/clear',
  quit: '/exit',
  resumeArgs: ['--continue'],
  oneShot: (prompt) => ['claude', '-p', prompt],
};
