import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelEntry } from './model/server.js';
import type { ScriptName } from './model/scripts.js';
import type { Account, State } from './score.js';
import type { Stage } from './stage.js';

/** How often a screen or a log is looked at while something is awaited. */
const LOOK_MS = 80;

/** A prompt that was given: its script, its own mark, and when Enter was pressed. */
export interface Prompt {
  script: ScriptName;
  nonce: string;
  atMs: number;
}

/** One session of a scenario: does what a person would do, and writes down what is true. */
export class Actor {
  readonly account: Account;
  cwd: string;
  target: string;
  prompt: Prompt | null = null;

  constructor(
    readonly stage: Stage,
    readonly scenario: string,
    { id, cwd }: { id?: string; cwd?: string } = {},
  ) {
    const sessionId = id ?? `${stage.options.profile.agent}-${scenario}`;
    this.account = { scenario, sessionId, truths: [], notes: [] };
    this.cwd = cwd ?? stage.directoryOf(scenario);
    this.target = `=default/${sessionId}:`;
  }

  get id(): string {
    return this.account.sessionId;
  }

  get profile(): Stage['options']['profile'] {
    return this.stage.options.profile;
  }

  /** Says what is true from a moment on: one state, several if each is right, none if nobody can say. */
  is(states: State | State[], why: string, atMs = Date.now()): void {
    this.account.truths.push({ atMs, states: [states].flat(), why });
  }

  /** Nothing is judged until the next truth. */
  unsure(why: string, atMs = Date.now()): void {
    this.is([], why, atMs);
  }

  note(text: string): void {
    this.account.notes.push(text);
  }

  rest(seconds: number): Promise<void> {
    return delay(seconds * 1000);
  }

  /** Looks until something is there; null, and a note, when it doesn't come in time. */
  async until<Found>(
    look: () => Found | Promise<Found>,
    what: string,
    withinS = 30,
  ): Promise<NonNullable<Found> | null> {
    const endMs = Date.now() + withinS * 1000;
    while (Date.now() < endMs) {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
      await delay(LOOK_MS);
    }
    this.note(`waited ${withinS} s in vain for ${what}`);
    return null;
  }

  async screen(): Promise<string> {
    return (await this.stage.tmux('capture-pane', '-p', '-t', this.target)).stdout;
  }

  /** The last lines of the screen that aren't empty, for notes. */
  async bottom(lines = 8): Promise<string> {
    const shown = (await this.screen()).split('\n').filter((line) => line.trim() !== '');
    return shown
      .slice(-lines)
      .map((line) => line.trim())
      .join(' / ');
  }

  /** Waits until the screen shows something; resolves to the moment it did. */
  async sees(sign: RegExp, withinS = 30): Promise<number | null> {
    return this.until(
      async () => (sign.test(await this.screen()) ? Date.now() : null),
      String(sign),
      withinS,
    );
  }

  async isOpen(): Promise<boolean> {
    return (await this.stage.tmux('has-session', '-t', this.target.replace(/:$/, ''))).code === 0;
  }

  /** Starts a program in a session that vitals records. */
  async spawn(command: readonly string[]): Promise<void> {
    const { stage, id, cwd } = this;
    const { code, stderr } = await stage.vitals('spawn', '--id', id, '--cwd', cwd, '--', ...command);
    if (code !== 0) this.note(`spawn failed: ${stderr.trim()}`);
    const raw = join(stage.options.folder, 'raw', id.replaceAll('/', '-'));
    await stage.tmux('pipe-pane', '-t', this.target, `cat >> '${raw}'`);
  }

  /** Starts the agent and waits for its prompt. */
  async start({ args = [] as string[], auto = false } = {}): Promise<void> {
    await this.spawn([...this.profile.command, ...(auto ? this.profile.autoArgs : []), ...args]);
    await this.settle('its prompt is on the screen');
  }

  /** Waits for the prompt, declines what is offered over it, and says that it is ready. */
  async settle(why: string): Promise<void> {
    const { ready, settleMs, offers = [] } = this.profile;
    if ((await this.sees(ready, 60)) === null) {
      this.note(`no prompt: ${await this.bottom()}`);
      return;
    }
    await delay(settleMs);
    // Offers come a little after the prompt.
    const endMs = Date.now() + (offers.length > 0 ? 2000 : 0);
    while (Date.now() < endMs) {
      const screen = await this.screen();
      const offer = offers.find(({ sign }) => sign.test(screen));
      if (offer !== undefined) {
        await this.press(...offer.keys);
        await delay(1000);
        this.note(`declined: ${offer.sign.source}`);
      }
      await delay(LOOK_MS);
    }
    this.is('ready', why);
  }

  async press(...keys: string[]): Promise<number> {
    for (const [index, key] of keys.entries()) {
      if (index > 0) await delay(250);
      await this.stage.tmux('send-keys', '-t', this.target, key);
    }
    return Date.now();
  }

  /** Types a line as a person does: the text, a moment, Enter; resolves to when Enter was pressed. */
  async type(text: string): Promise<number> {
    await this.stage.tmux('send-keys', '-t', this.target, '-l', '--', text);
    await delay(500);
    return this.press('Enter');
  }

  /** Gives the agent a prompt that makes the model play a script. */
  async ask(script: ScriptName): Promise<Prompt> {
    const { text, prompt } = this.word(script);
    prompt.atMs = await this.type(text);
    this.is('active', `prompted: ${script}`, prompt.atMs);
    return prompt;
  }

  /** A prompt's words, for who types them otherwise. */
  word(script: ScriptName): { text: string; prompt: Prompt } {
    const nonce = newNonce();
    this.stage.model.expect(nonce, this.cwd);
    this.prompt = { script, nonce, atMs: Date.now() };
    return { text: `please do SCRIPT:${script}:${nonce} now`, prompt: this.prompt };
  }

  #entries(event: ModelEntry['event']): ModelEntry[] {
    const { prompt } = this;
    return prompt === null ? [] : this.stage.model.of(prompt.nonce, event);
  }

  /** Waits until the model has been asked this often about the prompt. */
  async reaches(requests: number, withinS = 30): Promise<number | null> {
    const look = (): number | undefined => this.#entries('begin')[requests - 1]?.atMs;
    return this.until(look, `request ${requests} of ${this.prompt?.script ?? ''}`, withinS);
  }

  /** How often the model was asked about the prompt, after a moment if one is given. */
  requests(afterMs = 0): number {
    return this.#entries('begin').filter(({ atMs }) => atMs > afterMs).length;
  }

  /** Waits until the model has called a tool for the prompt. */
  async calls(withinS = 30): Promise<number | null> {
    const look = (): number | undefined => this.#entries('end').find(({ calls = 0 }) => calls > 0)?.atMs;
    return this.until(look, `a tool call of ${this.prompt?.script ?? ''}`, withinS);
  }

  /** Waits until the model has given its last answer to the prompt; then the agent is ready. */
  async answered({
    withinS = 60,
    states = ['ready'],
    why = 'answered',
  }: { withinS?: number; states?: State[]; why?: string } = {}): Promise<void> {
    const look = (): number | undefined =>
      this.#entries('end').find(({ calls, how }) => calls === 0 && how === 'done')?.atMs;
    const atMs = await this.until(look, `the answer of ${this.prompt?.script ?? ''}`, withinS);
    if (atMs === null) this.note(`no answer: ${await this.bottom()}`);
    this.is(states, why, atMs ?? Date.now());
  }

  /** Waits for an error that the model server gave. */
  async failed(withinS = 30): Promise<number | null> {
    const look = (): number | undefined =>
      this.#entries('end').find(({ how }) => how?.startsWith('error'))?.atMs;
    return this.until(look, 'an error of the model', withinS);
  }

  /** Waits until the scenario's command has begun or ended. */
  async command(event: 'begin' | 'end', withinS = 30): Promise<number | null> {
    const nonce = this.prompt?.nonce ?? '';
    const look = (): number | undefined =>
      this.stage.commands(nonce).find((one) => one.event === event)?.atMs;
    return this.until(look, `the command's ${event}`, withinS);
  }

  /** Waits for a dialog that the prompt leads to; then the agent waits for a person. */
  async dialog(sign: RegExp, why: string): Promise<boolean> {
    const calledMs = await this.calls();
    const atMs = await this.sees(sign, 12);
    if (atMs === null) this.note(`no dialog: ${await this.bottom(12)}`);
    this.is('waiting_input', why, atMs ?? calledMs ?? Date.now());
    return atMs !== null;
  }

  /** What `explain` says at this moment, for the notes. */
  async explain(what: string): Promise<void> {
    const { stdout, stderr } = await this.stage.vitals('explain', this.id);
    this.note(
      `explain, ${what}: ${(stdout + stderr)
        .trim()
        .replace(/\s*\n\s*/g, ' | ')
        .slice(0, 1200)}`,
    );
  }

  async panePid(): Promise<number> {
    const format = ['-F', '#{pane_pid}'];
    return Number.parseInt((await this.stage.tmux('list-panes', '-t', this.target, ...format)).stdout, 10);
  }
}

export const newNonce = (): string => randomBytes(4).toString('hex');

/** The processes below one, itself left out, with their command lines; all of the machine's, below 0. */
export async function listBelow(top: number): Promise<{ pid: number; args: string }[]> {
  const rows: { pid: number; parent: number; args: string }[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!(pid > 0)) continue;
    try {
      // One that has ended and waits for its parent has no command line.
      const stat = await readFile(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const args = (await readFile(`/proc/${name}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
      if (args !== '') rows.push({ pid, parent, args });
    } catch (error) {
      // It has ended since the folder was listed.
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  const below = (pid: number): { pid: number; args: string }[] =>
    rows
      .filter(({ parent }) => parent === pid)
      .flatMap((row) => [{ pid: row.pid, args: row.args }, ...below(row.pid)]);
  return below(top);
}
