/** A pane of one life of a server: `%5` of another server is another pane. */
export interface PaneTarget {
  /** Process id and `#{start_time}` in epoch seconds. */
  server: { pid: number; startTime: number };
  paneId: string;
  sessionId?: string;
}
