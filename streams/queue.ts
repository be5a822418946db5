interface Link<T> {
  readonly value: T;
  after: Link<T> | null;
}

/** First in, first out, however long it gets: taking the first out of a long array moves all the others. */
export class Queue<T> {
  #first: Link<T> | null = null;
  #last: Link<T> | null = null;

  push(value: T): void {
    const link: Link<T> = { value, after: null };
    if (this.#last) this.#last.after = link;
    else this.#first = link;
    this.#last = link;
  }

  /** The first, which is taken out; null if there is none. */
  shift(): T | null {
    const link = this.#first;
    if (!link) return null;
    this.#first = link.after;
    if (!this.#first) this.#last = null;
    return link.value;
  }
}
