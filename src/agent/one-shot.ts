import { readCommand } from '../process/read-command.js';
import type { Session } from '../session/session.js';
import { programOf } from './program-of.js';
import { answered } from './source/reading-of.js';
import type { SourceReading } from './source/source-reading.js';

/** How each program is started for one prompt: by a flag, or by the first word after it. From the programs' own --help. */
const FORMS: Readonly<Record<string, { flags?: readonly string[]; words?: readonly string[] }>> = {
  claude: { flags: ['-p', '--print'] },
  '@anthropic-ai/claude-code': { flags: ['-p', '--print'] },
  codex: { words: ['exec', 'e', 'review'] },
  '@openai/codex': { words: ['exec', 'e', 'review'] },
  opencode: { words: ['run'] },
  'opencode-ai': { words: ['run'] },
  gemini: { flags: ['-p', '--prompt'] },
  '@google/gemini-cli': { flags: ['-p', '--prompt'] },
  qwen: { flags: ['-p', '--prompt'] },
  '@qwen-code/qwen-code': { flags: ['-p', '--prompt'] },
  copilot: { flags: ['-p', '--prompt'] },
  '@github/copilot': { flags: ['-p', '--prompt'] },
  pi: { flags: ['-p', '--print'] },
  '@mariozechner/pi-coding-agent': { flags: ['-p', '--print'] },
  cn: { flags: ['-p', '--print'] },
  '@continuedev/cli': { flags: ['-p', '--print'] },
  aider: { flags: ['-m', '--message', '--msg', '-f', '--message-file'] },
  'aider-chat': { flags: ['-m', '--message', '--msg', '-f', '--message-file'] },
  'cursor-agent': { flags: ['-p', '--print'] },
  amp: { flags: ['-x', '--execute'] },
};

/** Whether a command starts an agent for one prompt, after which it ends by itself. */
export function isOneShot(command: readonly string[]): boolean {
  const { name, index } = programOf(command);
  const { flags = [], words = [] } = (Object.hasOwn(FORMS, name) ? FORMS[name] : undefined) ?? {};
  const rest = command.slice(index + 1);
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  // A word behind an option may be its value.
  const at = rest.findIndex(
    (word, place) => words.includes(word) || !(word.startsWith('-') || rest[place - 1]?.startsWith('-')),
  );
  const first = rest[at];
  return (
    options.some((word) => flags.includes(word.split('=')[0] ?? '')) ||
    (first !== undefined && words.includes(first))
  );
}

/** A program that was started for one prompt works until it ends; null of any other. `now` is epoch milliseconds. */
export function readOneShot({ command, agentProcess }: Session, now: number): SourceReading | null {
  const running = agentProcess ? readCommand(agentProcess.pid) : command;
  return isOneShot(running)
    ? answered('process', 'active', { detail: 'it was started for one prompt, and still runs', atMs: now })
    : null;
}
