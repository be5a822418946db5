/** A manager that is made with `lease: 'none'`, or whose store has no home, keeps no journal to read. */
export class NoJournalError extends Error {
  constructor() {
    super("there is no journal: this manager is made with lease: 'none', or its store has no home");
    this.name = 'NoJournalError';
  }
}
