import { headerBytes, longestFrameBytes, protocolVersion, type Frame } from './frame.js';
import { messages } from './messages.js';

const nothing: Buffer = Buffer.alloc(0);

/** Reads frames in whatever pieces they come; it throws at nothing, and stops for good at what is no frame. */
export class FrameParser {
  #unfinished = nothing;
  #problem: string | null = null;

  /** Why it reads no more. */
  get problem(): string | null {
    return this.#problem;
  }

  /** What this piece completes. */
  feed(piece: Buffer): Frame[] {
    if (this.#problem !== null) return [];
    const bytes = this.#unfinished.length > 0 ? Buffer.concat([this.#unfinished, piece]) : piece;
    const frames: Frame[] = [];
    let start = 0;
    while (bytes.length - start >= headerBytes) {
      const type = bytes.readUInt32LE(start);
      const length = bytes.readUInt16LE(start + 4);
      this.#problem = findProblem(bytes.subarray(start, start + headerBytes), { type, length });
      if (this.#problem !== null) break;
      if (bytes.length - start < length) break;
      frames.push({ type, data: bytes.subarray(start + headerBytes, start + length) });
      start += length;
    }
    this.#unfinished = this.#problem === null ? bytes.subarray(start) : nothing;
    return frames;
  }
}

function findProblem(header: Buffer, { type, length }: { type: number; length: number }): string | null {
  const flags = header.readUInt16LE(6);
  const version = header.readUInt32LE(8) & 0xff;
  if (length < headerBytes || length > longestFrameBytes) return `a message claims ${length} bytes`;
  if (flags !== 0) return `a message has the flags ${flags}`;
  if (version !== protocolVersion && type !== messages.version) return `it speaks protocol ${version}`;
  return null;
}
