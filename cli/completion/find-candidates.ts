import type { Candidate, Kind } from './list-kind.js';
import { readFlags, type CommandOutline, type Flag } from './read-flags.js';

const AFTER_FLAG: Record<string, Kind> = {
  '--session': 'session',
  '--project': 'project',
  '--type': 'type',
  '--until': 'status',
  '--if': 'activity',
};

/** What stands behind a command: the first word, and those after it. */
const AFTER_COMMAND: Record<string, { first: Kind; more: Kind | null }> = {
  kill: { first: 'session', more: null },
  attach: { first: 'session', more: null },
  send: { first: 'session', more: null },
  explain: { first: 'session', more: null },
  wait: { first: 'session', more: 'session' },
  on: { first: 'type', more: null },
  completion: { first: 'shell', more: null },
};

export interface CompletionContext {
  commands: readonly CommandOutline[];
  env: NodeJS.ProcessEnv;
}

/** What may stand for the last of these words; nothing where only the person or the shell can know. */
export async function findCandidates(
  words: readonly string[],
  { commands, env }: CompletionContext,
): Promise<Candidate[]> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (before.includes('--')) return [];
  const outline = commands.find((command) => before.includes(nameOf(command)));
  const flags = readFlags(outline);
  const found = await listAt({ current, before, outline, flags, commands, env });
  return found.filter(({ word }) => word.startsWith(current));
}

interface Place extends CompletionContext {
  current: string;
  before: readonly string[];
  outline: CommandOutline | undefined;
  flags: readonly Flag[];
}

async function listAt({ current, before, outline, flags, commands, env }: Place): Promise<Candidate[]> {
  const plain = plainWords(before, flags);
  const flag = flags.find(({ word }) => word === before.at(-1));
  const list = async (kind: Kind | null | undefined): Promise<Candidate[]> =>
    // Sessions take much more loading than commands and flags, and somebody waits at a keyboard.
    kind ? (await import('./list-kind.js')).listKind(kind, { given: before, env }) : [];
  if (flag?.isValued) return list(AFTER_FLAG[flag.word]);
  if (current.startsWith('-')) return flags.filter(({ word }) => !before.includes(word));
  if (!outline) {
    return commands.map((command) => ({ word: nameOf(command), description: command.describe }));
  }
  const after = AFTER_COMMAND[nameOf(outline)];
  return list(plain.length === 1 ? after?.first : after?.more);
}

/** The words that are neither flags nor values of flags. */
const plainWords = (words: readonly string[], flags: readonly Flag[]): string[] =>
  words.filter((word, index) => {
    const isValue = flags.some((flag) => flag.isValued && flag.word === words[index - 1]);
    return !word.startsWith('-') && !isValue;
  });

const nameOf = ({ command }: CommandOutline): string => command.split(' ')[0] ?? '';
