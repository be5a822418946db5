import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { Terminal } from '../cli/terminal.js';

/**
 * Runs file after file in one shell. What interrupts a statement does not end the shell, and neither does a writer that lets
 * go of the FIFO late: the shell has it open for writing too, so there is no end of file. It starts no program of its own,
 * which an interrupt that comes too late for the statement would end.
 */
const DRIVER = `
trap : INT
cd "$HOME"
exec 3<>"$1"
while read -r file <&3; do
  . "$file" 3>&-
  echo "$?" >"$file.code"
done
`;

interface Habit {
  shows: RegExp;
  keys: readonly string[];
  /** Whether that waits until all was seen that the page shows. */
  isDone: boolean;
  exits: readonly number[];
}

/** What a person does at a terminal, by what it shows. */
const HABITS: readonly Habit[] = [
  { shows: /^watching \S+: \d+ sessions$/m, keys: ['C-c'], isDone: true, exits: [0, 130] },
  { shows: /^Enter attach .*q quit$/m, keys: ['q'], isDone: true, exits: [0] },
  { shows: /^\[default\/.*\d+:\S+\*/m, keys: ['C-b', 'd'], isDone: true, exits: [0] },
  { shows: /\[y\/N\]$/m, keys: ['y', 'Enter'], isDone: false, exits: [0] },
];

const GLANCE_MS = 60;
const STATEMENT_LIMIT_MS = 15_000;

/** How a file of statements has ended; null until it has. */
function endOf(file: string): { code: number } | null {
  const written = existsSync(`${file}.code`) ? readFileSync(`${file}.code`, 'utf8') : '';
  return written.endsWith('\n') ? { code: Number(written) } : null;
}

/** A person's shell, in a terminal: 120 columns, and no tmux that sessions live in. */
export class PersonalShell {
  readonly #screens = new PrivateTmux();
  readonly #home: string;
  readonly #env: NodeJS.ProcessEnv;
  /** Takes the name of a file to run in each line. */
  readonly fifo = this.#screens.directory.file('statements');
  #pane = '';
  #count = 0;

  constructor({ home, env }: { home: string; env: NodeJS.ProcessEnv }) {
    this.#home = home;
    this.#env = env;
  }

  async begin(): Promise<void> {
    await this.#screens.begin();
    execFileSync('mkfifo', [this.fifo]);
    const { PATH = '', TMUX_TMPDIR = '' } = this.#env;
    const variables = { HOME: this.#home, XDG_CONFIG_HOME: this.#home, PATH, TMUX_TMPDIR };
    const strangers = Object.keys(this.#env).filter((name) => this.#env[name] === undefined);
    this.#pane = await this.#screens.run(
      ...['new-session', '-d', '-P', '-F', '#{pane_id}', '-x', '120', '-y', '50', '--', 'env'],
      ...[...strangers, 'TMUX', 'TMUX_PANE'].flatMap((name) => ['-u', name]),
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      ...['bash', '-c', DRIVER, 'bash', this.fifo],
    );
  }

  /** Runs a statement; `isDone` says of what is shown whether a person has seen enough. Resolves to what was shown. */
  async run(
    statement: string,
    { isDone }: { isDone: (shown: string) => boolean },
  ): Promise<{ shown: string; code: number; codes: readonly number[] }> {
    this.#count += 1;
    const file = this.#screens.directory.file(`statement-${this.#count}`);
    writeFileSync(file, `${statement}\n`);
    await this.#clear();
    await writeFile(this.fifo, `${file}\n`);
    const terminal = new Terminal(this.#screens, this.#pane);
    let habit: Habit | undefined;
    let shown = '';
    let looksAtMs = 0;
    let end: { code: number };
    try {
      end = await waitFor(
        'its end',
        async () => {
          const ended = endOf(file);
          if (ended || habit || performance.now() < looksAtMs) return ended;
          shown = await this.#show();
          looksAtMs = performance.now() + GLANCE_MS;
          const seen = HABITS.find(({ shows }) => shows.test(shown));
          if (seen && (!seen.isDone || isDone(shown))) {
            habit = seen;
            await terminal.press(...seen.keys);
          }
          return null;
        },
        { limitMs: STATEMENT_LIMIT_MS },
      );
    } catch (error) {
      await terminal.press('C-c');
      throw new Error(`${statement}\ndoes not end:\n${shown}`, { cause: error });
    }
    // What a full screen showed is gone with it.
    const last = await this.#show();
    return { shown: `${shown}\n${last}`, code: end.code, codes: habit?.exits ?? [0] };
  }

  /** By the terminal itself: what the shell would clear, after it was told of a statement, could be seen before that. */
  async #clear(): Promise<void> {
    await this.#screens.run('send-keys', '-R', '-t', this.#pane, ';', 'clear-history', '-t', this.#pane);
  }

  async #show(): Promise<string> {
    const shown = await this.#screens.run('capture-pane', '-p', '-J', '-S', '-', '-t', this.#pane);
    return shown.replace(/[^\S\n]+$/gm, '');
  }

  async stop(): Promise<void> {
    await this.#screens.stop();
  }
}
