import type { ReadStream, WriteStream } from 'node:tty';
import { messageOf, type ControlContext, type LifecycleEvent, type Session } from '../../index.js';
import { act, ask } from './act.js';
import { EMPTY_BOARD, foldEvent, foldRecords, needsRecords } from './board.js';
import { drawBoard } from './draw-board.js';
import { planLines } from './plan-lines.js';
import { pressKey, type Act, type Key } from './press-key.js';
import { readKeys, type KeyReader } from './read-keys.js';
import { Screen } from './screen.js';
import { sortRows } from './sort-rows.js';
import { FIRST_VIEW, scrollToSelected, type Note } from './view.js';

/** How often the ages are drawn anew. */
const REDRAW_MS = 1_000;

/** Events that come together make one picture. */
const GATHER_MS = 20;

export interface BoardTerminal {
  input: ReadStream;
  output: WriteStream;
}

/** The board on a terminal: it takes events and keys, and draws. */
export class BoardScreen {
  /** Resolves once someone quits, or the terminal is gone. */
  readonly closed: Promise<void>;
  readonly #context: ControlContext;
  readonly #terminal: BoardTerminal;
  readonly #screen: Screen;
  readonly #restore = (): void => this.#screen.leave();
  readonly #resize = (): void => {
    this.#screen.forget();
    this.#draw();
  };
  readonly #wake = (): void => this.#takeTerminal();
  #quit: () => void = () => undefined;
  #keys: KeyReader | null = null;
  #board = EMPTY_BOARD;
  #view = FIRST_VIEW;
  #clockTimer: NodeJS.Timeout | undefined;
  #drawTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(context: ControlContext, terminal: BoardTerminal) {
    this.#context = context;
    this.#terminal = terminal;
    this.#screen = new Screen((text) => terminal.output.write(text));
    this.closed = new Promise((resolve) => {
      this.#quit = resolve;
    });
  }

  /** Takes the terminal, until `close` or the end of this process, however it comes. */
  open(sessions: readonly Session[]): void {
    this.#board = foldRecords(this.#board, sessions);
    process.on('exit', this.#restore);
    process.on('uncaughtExceptionMonitor', this.#restore);
    process.on('SIGCONT', this.#wake);
    this.#terminal.output.on('resize', this.#resize);
    this.#keys = readKeys(this.#terminal.input, {
      onKey: (key) => this.#press(key),
      onEnd: () => this.#quit(),
    });
    this.#clockTimer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#takeTerminal();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#clockTimer);
    clearTimeout(this.#drawTimer);
    this.#keys?.pause();
    this.#terminal.output.removeListener('resize', this.#resize);
    process.removeListener('SIGCONT', this.#wake);
    process.removeListener('uncaughtExceptionMonitor', this.#restore);
    process.removeListener('exit', this.#restore);
    this.#screen.leave();
  }

  /** Shows what an event tells; resolves once it is known what it is about. */
  async tell(event: LifecycleEvent): Promise<void> {
    if (needsRecords(this.#board, event)) {
      try {
        this.#board = foldRecords(this.#board, (await this.#context.sessions.list()).sessions);
      } catch (error) {
        this.say({ tone: 'error', text: messageOf(error) });
      }
    }
    this.#board = foldEvent(this.#board, event);
    this.#drawSoon();
  }

  say(note: Note | null): void {
    this.#view = { ...this.#view, note };
    this.#drawSoon();
  }

  #press(key: Key): void {
    const keys = this.#rows().map((row) => row.key);
    const { view, act: wanted } = pressKey(this.#view, key, { keys, pageSize: this.#plan().rows });
    this.#view = view;
    this.#draw();
    if (wanted) this.#do(wanted);
  }

  #do(wanted: Act): void {
    if (wanted.type === 'quit') this.#quit();
    else if (wanted.type === 'suspend') this.#suspend();
    else if (wanted.type === 'ask') void this.#ask(wanted.key);
    else {
      const isAttaching = wanted.type === 'attach';
      if (isAttaching) this.#giveTerminal();
      void act(this.#context, wanted).then((note) => {
        if (isAttaching) this.#takeTerminal();
        this.say(note);
      });
    }
  }

  /** Shows what a session asks, unless the person has turned to something else by then. */
  async #ask(key: string): Promise<void> {
    const asked = await ask(this.#context, key);
    const { mode } = this.#view;
    if (mode.type !== 'answer' || mode.key !== key) return;
    if ('note' in asked) this.#view = { ...this.#view, mode: FIRST_VIEW.mode, note: asked.note };
    else this.#view = { ...this.#view, mode: { ...mode, asks: asked.asks } };
    this.#drawSoon();
  }

  #suspend(): void {
    this.#giveTerminal();
    process.kill(process.pid, 'SIGTSTP');
  }

  #giveTerminal(): void {
    this.#keys?.pause();
    this.#screen.leave();
  }

  #takeTerminal(): void {
    if (this.#isClosed) return;
    this.#keys?.resume();
    this.#screen.enter();
    this.#draw();
  }

  #drawSoon(): void {
    this.#drawTimer ??= setTimeout(() => {
      this.#drawTimer = undefined;
      this.#draw();
    }, GATHER_MS);
  }

  #draw(): void {
    const rows = this.#rows();
    this.#view = scrollToSelected(
      this.#view,
      rows.map(({ key }) => key),
      this.#plan().rows,
    );
    this.#screen.draw(
      drawBoard({
        board: this.#board,
        rows,
        view: this.#view,
        size: this.#size(),
        now: this.#context.clock.now(),
      }),
    );
  }

  #rows(): ReturnType<typeof sortRows> {
    return sortRows(this.#board.rows.values(), this.#view.filter);
  }

  #plan(): ReturnType<typeof planLines> {
    return planLines(this.#size().lines);
  }

  // A terminal that was never told its size says 0.
  #size(): { columns: number; lines: number } {
    const { columns, rows } = this.#terminal.output;
    return { columns: columns || 80, lines: rows || 24 };
  }
}
