import { randomUUID } from 'node:crypto';
import { programOf } from '../program-of.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const RESUMING = new Set(['--resume', '-r', '--continue', '-c']);

/** The subcommands of `claude` that hold no conversation; its own help names them. */
const SUBCOMMANDS = new Set([
  'agents',
  'auth',
  'config',
  'doctor',
  'install',
  'mcp',
  'plugin',
  'setup-token',
  'update',
  'upgrade',
]);

/** The names of Claude Code's program and of its package. */
export const CLAUDE_PROGRAMS: readonly string[] = ['claude', '@anthropic-ai/claude-code'];

/** Whether a command starts Claude Code. */
export const isClaudeCommand = (command: readonly string[]): boolean =>
  CLAUDE_PROGRAMS.includes(programOf(command).name);

/** Whether a command takes up an earlier conversation, whose transcript is older than the program. */
export const resumesConversation = (command: readonly string[]): boolean =>
  optionsOf(command).some(({ name }) => RESUMING.has(name));

/** The conversation that a command names: a UUID, or null where it leaves the choice to Claude Code or to a person. */
export function conversationOf(command: readonly string[]): string | null {
  const options = optionsOf(command);
  const named = (...names: string[]): string | null =>
    options.find(({ name, value }) => names.includes(name) && UUID.test(value))?.value ?? null;
  const explicit = named('--session-id');
  // A fork gets a conversation of its own; what it resumes is only where it begins.
  if (explicit !== null || options.some(({ name }) => name === '--fork-session')) return explicit;
  return named('--resume', '-r');
}

/** Gives a command that would begin a conversation under an unknown name a name of ours: `--session-id UUID`. */
export function nameConversation(command: readonly string[]): {
  command: string[];
  agentSession: string | null;
} {
  const isNamed = optionsOf(command).some(({ name }) => name === '--session-id' || RESUMING.has(name));
  const at = programOf(command).index + 1;
  if (isNamed || !isClaudeCommand(command) || SUBCOMMANDS.has(command[at] ?? '')) {
    return { command: [...command], agentSession: isClaudeCommand(command) ? conversationOf(command) : null };
  }
  const agentSession = randomUUID();
  return {
    command: [...command.slice(0, at), '--session-id', agentSession, ...command.slice(at)],
    agentSession,
  };
}

/** Each argument as an option with the value that would be its own, up to the `--` that ends options. */
function optionsOf(command: readonly string[]): { name: string; value: string }[] {
  const end = command.indexOf('--');
  const args = end < 0 ? command : command.slice(0, end);
  return args.map((arg, index) => {
    const [name = '', ...value] = arg.split('=');
    return value.length > 0 ? { name, value: value.join('=') } : { name, value: args[index + 1] ?? '' };
  });
}
