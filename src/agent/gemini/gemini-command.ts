import { programOf } from '../program-of.js';

/** The names of Gemini's program and of its package. */
export const GEMINI_PROGRAMS: readonly string[] = ['gemini', '@google/gemini-cli'];

const RESUMING: ReadonlySet<string> = new Set(['--resume', '-r']);

/** Whether a command takes up an earlier conversation. */
export const resumesGemini = (command: readonly string[]): boolean =>
  command.slice(programOf(command).index).some((word) => RESUMING.has(word.split('=')[0] ?? ''));
