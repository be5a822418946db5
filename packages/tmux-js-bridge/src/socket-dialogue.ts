import { formatFrame, type Frame } from './frame.js';
import { FrameParser } from './frame-parser.js';
import { messages } from './messages.js';

/** A run by a process collects as much as comes; this is far above any screen, and far below what ends a process. */
const longestReplyBytes = 64 * 1024 * 1024;

/** What a `tmux` process would have printed and exited with. */
export interface SocketAnswer {
  type: 'answer';
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** The server said something that is not known. */
export interface Surprise {
  type: 'surprise';
  problem: string;
}

const surprise = (problem: string): Surprise => ({ type: 'surprise', problem });

/** What a client and its server say after the request, for one run; it only reads and answers. */
export class SocketDialogue {
  readonly #parser = new FrameParser();
  readonly #open = new Map<number, Buffer[]>();
  readonly #printed: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  #byteCount = 0;
  #replies: Buffer[] = [];

  /** What is to be sent back for this piece, and how the run ended if it did. */
  read(piece: Buffer): { reply: Buffer; end: SocketAnswer | Surprise | null } {
    this.#replies = [];
    let end: SocketAnswer | Surprise | null = null;
    for (const frame of this.#parser.feed(piece)) {
      end = this.#take(frame);
      if (end) break;
    }
    const { problem } = this.#parser;
    if (!end && problem !== null) end = surprise(problem);
    return { reply: Buffer.concat(this.#replies), end };
  }

  #take({ type, data }: Frame): SocketAnswer | Surprise | null {
    switch (type) {
      case messages.writeOpen:
        return this.#openStream(data);
      case messages.write:
        return this.#write(data);
      case messages.writeClose:
        if (data.length === 4 && this.#open.delete(data.readInt32LE(0))) return null;
        return surprise('it closed what is not open');
      // To a client without a terminal both mean the same.
      case messages.exit:
      case messages.shutdown:
        return this.#exit(data);
      default:
        return surprise(`it sent a message ${type} of ${data.length} bytes`);
    }
  }

  #openStream(data: Buffer): Surprise | null {
    if (data.length < 12) return surprise('it opened nothing');
    const [stream, descriptor] = [data.readInt32LE(0), data.readInt32LE(4)];
    const printed = { 1: this.#printed.stdout, 2: this.#printed.stderr }[descriptor];
    if (!printed || this.#open.has(stream)) return surprise(`it opened ${descriptor} as ${stream}`);
    this.#open.set(stream, printed);
    // An error of 0: go on.
    this.#replies.push(
      formatFrame(messages.writeReady, Buffer.concat([data.subarray(0, 4), Buffer.alloc(4)])),
    );
    return null;
  }

  #write(data: Buffer): Surprise | null {
    const printed = data.length < 4 ? undefined : this.#open.get(data.readInt32LE(0));
    if (!printed) return surprise('it wrote to what is not open');
    this.#byteCount += data.length;
    if (this.#byteCount > longestReplyBytes) return surprise(`it wrote over ${longestReplyBytes} bytes`);
    printed.push(data.subarray(4));
    return null;
  }

  #exit(data: Buffer): SocketAnswer | Surprise {
    if (data.length > 0 && data.length < 4) return surprise('it ended with no exit code');
    const { stdout, stderr } = this.#printed;
    const message = data.toString('utf8', 4).replace(/\0.*$/s, '');
    return {
      type: 'answer',
      stdout: Buffer.concat(stdout).toString('utf8'),
      stderr: Buffer.concat(stderr).toString('utf8') + (message && `${message}\n`),
      exitCode: data.length === 0 ? 0 : data.readInt32LE(0),
    };
  }
}
