import type { LiveAgent } from '../versions.js';
import { claudeCode } from './claude-code.js';
import { cline } from './cline.js';
import { codex } from './codex.js';
import { copilot } from './copilot.js';
import { gemini } from './gemini.js';
import { opencode } from './opencode.js';
import { pi } from './pi.js';
import type { Profile } from './profile.js';
import { qwen } from './qwen.js';

export const PROFILES: Record<LiveAgent, Profile> = {
  'claude-code': claudeCode,
  codex,
  opencode,
  gemini,
  qwen,
  copilot,
  cline,
  pi,
};
