/** What a process says of itself: its heap after a collection, its memory, and what it waits for. */
export interface GaugeReading {
  heapBytes: number;
  rssBytes: number;
  externalBytes: number;
  timers: number;
  resources: number;
}
