import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { MAIN, type Vitals } from './vitals.js';

export interface TerminalOptions {
  columns?: number;
  lines?: number;
  env?: Record<string, string>;
}

/** Terminals to run the command in: panes of a tmux server that no session lives in. */
export class Terminals {
  readonly tmux = new PrivateTmux();
  readonly #vitals: Vitals;
  #count = 0;

  constructor(vitals: Vitals) {
    this.#vitals = vitals;
  }

  /** Runs a command line of vitals in a terminal of its own; what it exits with is printed there. */
  run(args: readonly string[], options: TerminalOptions = {}): Promise<Terminal> {
    const script = 'echo before; "$@"; echo "exited with $?"; exec sleep 1000';
    return this.open(['sh', '-c', script, 'sh', process.execPath, MAIN, ...args], options);
  }

  /** Runs a program in a terminal of its own. */
  async open(
    command: readonly string[],
    { columns = 120, lines = 30, env = {} }: TerminalOptions = {},
  ): Promise<Terminal> {
    this.#count += 1;
    const name = `terminal-${this.#count}`;
    const unset = ['NO_COLOR', 'FORCE_COLOR', 'DEBUG', 'NODE_OPTIONS'].filter((key) => !(key in env));
    const variables = { VITALS_HOME: this.#vitals.home, ...env };
    const pane = await this.tmux.run(
      ...['new-session', '-d', '-P', '-F', '#{pane_id}', '-s', name, '-x', `${columns}`, '-y', `${lines}`],
      ...['--', 'env', ...unset.flatMap((key) => ['-u', key])],
      ...Object.entries(variables).map(([key, value]) => `${key}=${value}`),
      ...command,
    );
    return new Terminal(this.tmux, pane);
  }
}

/** A terminal, as a person sees it. */
export class Terminal {
  readonly #tmux: PrivateTmux;
  readonly #pane: string;

  constructor(tmux: PrivateTmux, pane: string) {
    this.#tmux = tmux;
    this.#pane = pane;
  }

  /** The lines that it shows; `-e` has their colours as escape sequences. */
  async show(...flags: '-e'[]): Promise<string[]> {
    return (await this.#tmux.run('capture-pane', '-p', ...flags, '-t', this.#pane)).split('\n');
  }

  /** What it shows as soon as that holds this. */
  async until(wanted: string | RegExp): Promise<string[]> {
    const isThere = (text: string): boolean =>
      typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
    let shown: string[] = [];
    try {
      return await waitFor(String(wanted), async () => {
        shown = await this.show();
        return isThere(shown.join('\n')) && shown;
      });
    } catch (error) {
      throw new Error(`there is no ${String(wanted)} in:\n${shown.join('\n')}`, { cause: error });
    }
  }

  /** Presses keys, as tmux calls them. */
  async press(...keys: string[]): Promise<void> {
    await this.#tmux.run('send-keys', '-t', this.#pane, '--', ...keys);
  }

  /** Types a text. */
  async type(text: string): Promise<void> {
    await this.#tmux.run('send-keys', '-t', this.#pane, '-l', '--', text);
  }

  async paste(text: string): Promise<void> {
    await this.#tmux.run('set-buffer', '-b', 'paste', '--', text);
    await this.#tmux.run('paste-buffer', '-p', '-b', 'paste', '-t', this.#pane);
  }

  async resize(columns: number, lines: number): Promise<void> {
    await this.#tmux.run('resize-window', '-t', this.#pane, '-x', `${columns}`, '-y', `${lines}`);
  }

  /** What tmux knows of it, by a format. */
  ask(format: string): Promise<string> {
    return this.#tmux.run('display-message', '-p', '-t', this.#pane, format);
  }

  /** Writes all that the program prints from now on to a file, as it is. */
  async record(file: string): Promise<void> {
    await this.#tmux.run('pipe-pane', '-t', this.#pane, `cat >'${file}'`);
  }
}
