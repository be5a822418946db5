/** What time it is: epoch milliseconds. */
export interface Clock {
  now(): number;
}
