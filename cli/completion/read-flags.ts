import type { Argv, Options } from 'yargs';

/** A flag of a command. */
export interface Flag {
  word: string;
  description: string;
  /** Whether a value stands behind it. */
  isValued: boolean;
}

/** What a command takes on its command line, as it declares it. */
export interface CommandOutline {
  command: string;
  describe: string;
  builder: (yargs: Argv) => Argv;
}

const COMMON: readonly Flag[] = [
  { word: '--home', description: 'where the records lie', isValued: true },
  { word: '--tmux-socket', description: 'the tmux server', isValued: true },
  { word: '--help', description: 'what it does', isValued: false },
];

/** The flags that a command declares, and those of every command. yargs itself has no way to ask for them. */
export function readFlags(outline: CommandOutline | undefined): Flag[] {
  const flags = [...COMMON];
  const take = (name: unknown, details: unknown): void => {
    if (typeof name === 'string') flags.push(...flagsOf(name, details as Options));
  };
  const recorder: unknown = new Proxy(
    {},
    {
      get: (_, method) => (name: unknown, details: unknown) => {
        if (method === 'option') take(name, details);
        return recorder;
      },
    },
  );
  outline?.builder(recorder as Argv);
  return flags;
}

function flagsOf(name: string, { alias, describe, type, default: initial }: Options): Flag[] {
  const description = describe ?? '';
  const isValued = type !== 'boolean';
  const word = type === 'boolean' && initial === true ? `--no-${name}` : `--${name}`;
  const own = { word, description, isValued };
  return typeof alias === 'string' ? [own, { word: `-${alias}`, description, isValued }] : [own];
}
