/**
 * A pane as one query shows it. Ids are tmux's own (`$3`, `@4`, `%5`) and last as long as the server.
 * A window that is linked into several sessions shows its panes once in each.
 */
export interface Pane {
  sessionId: string;
  paneId: string;
  /** 0 for a pane that never had a program. */
  panePid: number;
  /**
   * No program holds its terminal: it ended, let go of it (and may live on), or there never was one. tmux keeps such
   * panes under `remain-on-exit`, and removes them otherwise.
   */
  isDead: boolean;
  /** The exit code of a dead pane's program; null where tmux knows none, or not yet. */
  deadStatus: number | null;
  /** The signal number that ended it; null where there was none, or not yet, and before tmux 3.3. */
  deadSignal: number | null;
  /** The bell rang in its window; tmux keeps this until someone looks, and hides it while a client watches. */
  hasBell: boolean;
  /** Epoch seconds of the last output in its window (`#{window_activity}`). */
  lastOutputAt: number | null;
  title: string;
}

/** A pane with what costs tmux more to tell: for finding panes, not for watching them. */
export interface PaneDetails extends Pane {
  windowId: string;
  sessionName: string;
  /** The name of the program in the foreground, as tmux derives it. */
  currentCommand: string;
  /** Its working directory; empty where tmux can't tell. */
  currentPath: string;
  windowIndex: number;
  paneIndex: number;
  /** It is the active pane of its session's active window. */
  isActive: boolean;
}
