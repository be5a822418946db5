/** Something whose pass over the sessions of a home is timed. */
export interface Contender {
  pass(): Promise<unknown>;
  close(): Promise<void>;
}

/** Where the sessions are. */
export interface Arena {
  home: string;
  socketPath: string;
  sessions: number;
}

/** How many passes are made before any is timed: what runs for hours is compiled, and what it wrote is at rest. */
export const WARM_UP_PASSES = 50;

/** Makes a contender ready, in a process of its own; resolves once its next pass is one like every other. */
export type Enter = (arena: Arena) => Promise<Contender>;

/** What one or more passes took. */
export interface Cost {
  wallMs: number;
  /** Processor time, user and system, of the contender and of the processes that it started. */
  cpuMs: number;
  /** How often it started tmux. */
  starts: number;
  /** The most memory that the contender itself has held so far. */
  peakMb: number;
}
