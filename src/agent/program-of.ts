import { basename } from 'node:path';

const INTERPRETERS: ReadonlySet<string> = new Set(['node', 'nodejs', 'bun', 'deno', 'python', 'python3']);
const RUNNERS: ReadonlySet<string> = new Set([
  'npx',
  'bunx',
  'pnpx',
  'uvx',
  'pipx',
  'npm',
  'pnpm',
  'yarn',
  'uv',
  'bun',
]);
const RUNNER_WORDS: ReadonlySet<string> = new Set(['exec', 'x', 'dlx', 'run', 'tool', '--']);

/** The program that a command starts in the end, and its place in the command. */
export interface ProgramPlace {
  /** Without folder and ending; of a package, its name: `@openai/codex`. */
  name: string;
  index: number;
}

/** Sees through `env`, interpreters (`node cli.js`, `python -m aider`) and package runners (`npx`, `uvx`). */
export function programOf(command: readonly string[]): ProgramPlace {
  let index = 0;
  if (nameAt(command, index) === 'env') {
    index += 1;
    while (/^(-|\w+=)/.test(command[index] ?? '')) index += 1;
  }
  const first = nameAt(command, index);
  if (!isWrapper(first)) return { name: first, index };
  const inner = command.findIndex(
    (word, at) => at > index && !word.startsWith('-') && !(RUNNERS.has(first) && RUNNER_WORDS.has(word)),
  );
  return inner < 0 ? { name: first, index } : { name: nameAt(command, inner), index: inner };
}

const isWrapper = (name: string): boolean =>
  INTERPRETERS.has(name) || RUNNERS.has(name) || /^python3\.\d+$/.test(name);

function nameAt(command: readonly string[], index: number): string {
  const word = command[index] ?? '';
  const packageName = /^(@[^/]+\/[^@/]+)(@.*)?$/.exec(word)?.[1];
  return packageName ?? basename(word).replace(/(?<=.)(\.(js|mjs|cjs|ts|py|exe)|@.*)$/, '');
}
