/** A map that keeps its most recently set entries: beyond `capacity` the oldest goes. */
export class Recent<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #capacity: number;

  constructor({ capacity }: { capacity: number }) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** The values, the one that was set last at the end. */
  values(): V[] {
    return [...this.#entries.values()];
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Lets the oldest entries go, as long as they are of no use. */
  dropWhile(isUseless: (value: V) => boolean): void {
    for (const [key, value] of this.#entries) {
      if (!isUseless(value)) return;
      this.#entries.delete(key);
    }
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    while (this.#entries.size > this.#capacity) this.#dropOldest();
  }

  #dropOldest(): void {
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
