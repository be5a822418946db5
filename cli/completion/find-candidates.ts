import type { Candidate, Kind } from './list-kind.js';
import { readFlags, type CommandOutline, type Flag } from './read-flags.js';

const AFTER_FLAG: Record<string, Kind> = {
  '--session': 'session',
  '--project': 'project',
  '--type': 'type',
  '--until': 'status',
  '--if': 'activity',
  '--agent': 'agent',
  '--runtime': 'runtime',
};

/** What the words behind a command are, one by one. */
const AFTER_COMMAND: Record<string, readonly Kind[]> = {
  kill: ['session'],
  attach: ['session'],
  send: ['session'],
  explain: ['session'],
  wait: ['session'],
  on: ['types'],
  completion: ['shell'],
  schema: ['schema'],
  hooks: ['action', 'hooked'],
  hook: ['hooked'],
};

/** Commands that take any number of what they take last. */
const REPEATING: ReadonlySet<string> = new Set(['wait']);

export interface CompletionContext {
  commands: readonly CommandOutline[];
  env: NodeJS.ProcessEnv;
}

/** What may stand for the last of these words; nothing where only the person or the shell can know. */
export async function findCandidates(
  words: readonly string[],
  { commands, env }: CompletionContext,
): Promise<Candidate[]> {
  const before = words.slice(0, -1).flatMap(splitFlag);
  const [last = '', value] = splitFlag(words.at(-1) ?? '');
  if (value === undefined) return find(before, last, { commands, env });
  const found = await find([...before, last], value, { commands, env });
  return found.map(({ word, description }) => ({ word: `${last}=${word}`, description }));
}

async function find(
  before: readonly string[],
  current: string,
  context: CompletionContext,
): Promise<Candidate[]> {
  if (before.includes('--')) return [];
  const [name] = plainWords(before, readFlags(undefined));
  const outline = context.commands.find((command) => nameOf(command) === name);
  const found = await listAt({ ...context, current, before, outline, flags: readFlags(outline) });
  return found.filter(({ word }) => word.startsWith(current));
}

/** `--flag=value` is two words in one. */
const splitFlag = (word: string): string[] => {
  const [, flag, value] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
  return flag === undefined || value === undefined ? [word] : [flag, value];
};

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
    kind ? (await import('./list-kind.js')).listKind(kind, { given: before, current, env }) : [];
  if (flag?.isValued) return list(AFTER_FLAG[flag.word]);
  if (current.startsWith('-')) return flags.filter(({ word }) => !before.includes(word));
  if (plain.length === 0) return commands.map((one) => ({ word: nameOf(one), description: one.describe }));
  const name = outline ? nameOf(outline) : '';
  const kinds = AFTER_COMMAND[name] ?? [];
  return list(kinds[plain.length - 1] ?? (REPEATING.has(name) ? kinds.at(-1) : null));
}

/** The words that are neither flags nor values of flags. */
const plainWords = (words: readonly string[], flags: readonly Flag[]): string[] =>
  words.filter((word, index) => {
    const isValue = flags.some((flag) => flag.isValued && flag.word === words[index - 1]);
    return !word.startsWith('-') && !isValue;
  });

const nameOf = ({ command }: CommandOutline): string => command.split(' ')[0] ?? '';
