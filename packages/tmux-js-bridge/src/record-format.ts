import { randomBytes } from 'node:crypto';

import { UnexpectedReplyError } from './errors.js';

/**
 * Marks records in what tmux prints. Titles and paths may hold anything, newlines included, and hooks may print
 * between; so the marks are random, and printable because tmux rewrites control characters.
 */
export class RecordFormat {
  readonly #begin: string;
  readonly #between: string;
  readonly #end: string;

  constructor() {
    const nonce = randomBytes(6).toString('hex');
    this.#begin = `[${nonce}:`;
    this.#between = `:${nonce}:`;
    this.#end = `:${nonce}]`;
  }

  /** The tmux format that prints these fields as one record. */
  format(fields: readonly string[]): string {
    return this.#begin + fields.join(this.#between) + this.#end;
  }

  /** The records in a reply, and the text before the first. */
  read(reply: string, { command }: { command: string }): { text: string; records: string[][] } {
    const [text = '', ...pieces] = reply.split(this.#begin);
    const records = pieces.map((piece) => {
      const end = piece.indexOf(this.#end);
      if (end < 0) throw new UnexpectedReplyError('a record has no end', { command, output: reply });
      return piece.slice(0, end).split(this.#between);
    });
    return { text, records };
  }

  /** The first record in a reply, and all that was printed after it. */
  readFirst(reply: string, { command }: { command: string }): { record: string[]; rest: string } {
    const begin = reply.indexOf(this.#begin);
    const end = reply.indexOf(this.#end, begin);
    if (begin < 0 || end < 0)
      throw new UnexpectedReplyError('a record is missing', { command, output: reply });
    const record = reply.slice(begin + this.#begin.length, end).split(this.#between);
    return { record, rest: reply.slice(end + this.#end.length) };
  }
}
