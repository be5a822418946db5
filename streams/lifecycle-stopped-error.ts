/** The loop was stopped: a stopped manager makes no more passes. */
export class LifecycleStoppedError extends Error {
  constructor() {
    super('the loop was stopped: make a new LifecycleManager to go on');
    this.name = 'LifecycleStoppedError';
  }
}
