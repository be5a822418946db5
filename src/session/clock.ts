/** How long a machine has been awake: time that no change of its clock and no sleep of it has a part in. */
export interface AwakeTime {
  /** Within which it counts: one boot of one machine. */
  boot: string;
  ms: number;
}

/** What time it is. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** How long the machine has been awake, where that is known. */
  awake?(): AwakeTime;
}
