import type { ControlMessage } from './control-message.js';

const newline = 0x0a;
const beginForm = /^%begin (\d+ \d+ (\d+))$/;
const notificationForm = /^%([a-z]+(?:-[a-z]+)*)(?: (.*))?$/s;
// Those of a block that is not open.
const strays = new Set(['begin', 'end', 'error']);

interface Block {
  end: Buffer;
  error: Buffer;
  isAnswer: boolean;
  lines: Buffer[];
}

/** Reads the stream of a control client, in whatever pieces it comes; it throws at nothing. */
export class ControlParser {
  #unfinished: Buffer[] = [];
  #block: Block | null = null;
  #ignoredLineCount = 0;

  /** The lines so far that were neither part of a block nor a notification: a hook may print such. */
  get ignoredLineCount(): number {
    return this.#ignoredLineCount;
  }

  /** What this piece completes. */
  feed(piece: Buffer | string): ControlMessage[] {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    const messages: ControlMessage[] = [];
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const tail = bytes.subarray(start, end + 1);
      const line = this.#unfinished.length > 0 ? Buffer.concat([...this.#unfinished, tail]) : tail;
      this.#unfinished = [];
      const message = this.#block ? this.#readInside(this.#block, line) : this.#readOutside(line);
      if (message) messages.push(message);
      start = end + 1;
    }
    if (start < bytes.length) this.#unfinished.push(Buffer.from(bytes.subarray(start)));
    return messages;
  }

  // What a command prints may look like the end of a block; only the numbers that opened this one close it.
  #readInside(block: Block, line: Buffer): ControlMessage | null {
    const isError = line.equals(block.error);
    if (!isError && !line.equals(block.end)) {
      block.lines.push(line);
      return null;
    }
    this.#block = null;
    const text = Buffer.concat(block.lines).toString('utf8');
    return { type: 'reply', isAnswer: block.isAnswer, isError, text };
  }

  #readOutside(line: Buffer): ControlMessage | null {
    const text = line.toString('utf8', 0, line.length - 1);
    const [, numbers, flags] = beginForm.exec(text) ?? [];
    if (numbers !== undefined) {
      const [end, error] = [Buffer.from(`%end ${numbers}\n`), Buffer.from(`%error ${numbers}\n`)];
      this.#block = { end, error, isAnswer: (Number(flags) & 1) === 1, lines: [] };
      return null;
    }
    const [, name, rest = ''] = notificationForm.exec(text) ?? [];
    if (name !== undefined && !strays.has(name)) return { type: 'notification', name, text: rest };
    this.#ignoredLineCount += 1;
    return null;
  }
}
