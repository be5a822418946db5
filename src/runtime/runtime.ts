import type { KnownProcess } from '../process/check-process.js';
import type { Handle } from '../session/handle.js';
import type { Liveness } from '../session/liveness.js';

/** What a runtime shows of a program from outside. `lastOutputAt` is ISO 8601 UTC; null is not known. */
export interface Signs {
  lastOutputAt: string | null;
  title: string;
  /** It rang the bell, and nobody has looked since. */
  bell: boolean;
}

/** What a program shows on its terminal at one instant. */
export interface TerminalScreen {
  /** One string a row from the top, with SGR sequences for its styles (dim, inverse, colours). */
  rows: readonly string[];
  /** Column and row from 0; null where it is not known. */
  cursor: { x: number; y: number; isVisible: boolean } | null;
  /** Somebody scrolls or selects in it. The rows are the program's all the same. */
  isInMode: boolean;
}

/** One server as it was at one moment. Everything but `capture` and `screen` answers from that one look, without asking again. */
export interface RuntimeView {
  /** Dead only on proof; what can not be told is `unknown`. */
  liveness(handle: Handle): Liveness;
  /** Null where nothing is known of it. */
  signs?(handle: Handle): Signs | null;
  /** The process that was started for it, or that its pane was made for. */
  process?(handle: Handle): KnownProcess | null;
  /** The text on the program's screen; it is asked for only when an agent needs it. */
  capture?(handle: Handle): Promise<string>;
  /** What its terminal shows now, asked at each call; only of a runtime that gives programs a terminal. */
  screen?(handle: Handle): Promise<TerminalScreen>;
  /** Set when this server could not be asked. `message` says which case it is, and the cure. */
  outage?: { server: string; message: string };
}

/** Where sessions run. What a monitor needs of it; see `SessionHost` for what starts and ends programs. */
export interface Runtime {
  /** Names what must be asked about a handle; a pass asks each server once. */
  serverOf(handle: Handle): string;
  /** Looks at one server with one query. A server that can't be asked is an `outage`, not an error. */
  observe(handles: Handle[], options: { signal: AbortSignal }): Promise<RuntimeView>;
  /** Calls `onHint` whenever something may have changed; returns how to stop, which may take a moment. */
  hint?(onHint: () => void): () => void | Promise<void>;
}
