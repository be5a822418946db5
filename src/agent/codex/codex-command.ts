import { programOf } from '../program-of.js';

/** The names of Codex's program and of its package. */
export const CODEX_PROGRAMS: readonly string[] = ['codex', '@openai/codex'];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a command takes up an earlier conversation: `codex resume`, `codex exec resume`. */
export const resumesCodex = (command: readonly string[]): boolean => wordsOf(command).includes('resume');

/** The conversation that a command resumes by its id; null where it leaves the choice to Codex or to a person. */
export function codexConversation(command: readonly string[]): string | null {
  const words = wordsOf(command);
  const at = words.indexOf('resume');
  return at < 0 ? null : (words.slice(at).find((word) => UUID.test(word)) ?? null);
}

/** The first words after the program: what follows may be a prompt. */
const wordsOf = (command: readonly string[]): string[] =>
  command.slice(programOf(command).index + 1).slice(0, 4);
