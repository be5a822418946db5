/** Tells a condition once: when it arises, and again only when what it says changes or after it has cleared. */
export class EdgeTrigger {
  readonly #raised = new Map<string, string>();

  /** Whether this is news. */
  raise(scope: string, says: string): boolean {
    if (this.#raised.get(scope) === says) return false;
    this.#raised.set(scope, says);
    return true;
  }

  /** Whether it was raised until now. */
  clear(scope: string): boolean {
    return this.#raised.delete(scope);
  }

  isRaised(scope: string): boolean {
    return this.#raised.has(scope);
  }

  /** Forgets every condition whose scope is no longer of interest. */
  keepOnly(isKept: (scope: string) => boolean): void {
    for (const scope of this.#raised.keys()) if (!isKept(scope)) this.#raised.delete(scope);
  }
}
