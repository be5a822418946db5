import fc from 'fast-check';

import { FrameParser } from '../src/frame-parser.js';
import { formatFrame, longestFrameBytes, type Frame } from '../src/frame.js';

const frame = fc.record({
  type: fc.integer({ min: 0, max: 0xffff_ffff }),
  data: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
});

/** Cuts bytes at these places, which are taken modulo their length. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = places.map((place) => place % (bytes.length + 1)).sort((one, other) => one - other);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

const format = (frames: readonly Frame[]): Buffer =>
  Buffer.concat(frames.map(({ type, data }) => formatFrame(type, data)));

it('reads the same frames in whatever pieces they come', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 20 }), fc.array(fc.nat()), (frames, places) => {
      const parser = new FrameParser();
      const seen = cut(format(frames), places).flatMap((piece) => parser.feed(piece));

      expect(seen).toEqual(frames);
      expect(parser.problem).toBeNull();
    }),
  );
});

it('gives of garbage the same in whatever pieces it comes, and reads nothing after it', () => {
  const garbage = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 3 }), garbage, fc.array(fc.nat()), (frames, noise, places) => {
      const bytes = Buffer.concat([format(frames), noise]);
      const whole = new FrameParser();
      const pieces = new FrameParser();
      const expected = whole.feed(bytes);

      expect(cut(bytes, places).flatMap((piece) => pieces.feed(piece))).toEqual(expected);
      expect(pieces.problem).toBe(whole.problem);
      expect(expected.slice(0, frames.length)).toEqual(frames);
      if (whole.problem !== null) expect(whole.feed(format(frames))).toEqual([]);
    }),
  );
});

const header = (change: (header: Buffer) => void): Buffer => {
  const bytes = formatFrame(203, Buffer.alloc(4));
  change(bytes);
  return bytes;
};

it.each([
  ['claims to be shorter than its header', header((bytes) => bytes.writeUInt16LE(15, 4))],
  ['claims no length at all', header((bytes) => bytes.writeUInt16LE(0, 4))],
  ['claims to be longer than any', header((bytes) => bytes.writeUInt16LE(longestFrameBytes + 1, 4))],
  ['claims 4 GB, where lengths have 32 bits', header((bytes) => bytes.writeUInt32LE(0xffff_0014, 4))],
  ['says that a descriptor comes with it', header((bytes) => bytes.writeUInt16LE(1, 6))],
  ['speaks another protocol', header((bytes) => bytes.writeUInt32LE(9, 8))],
])('stops at a frame that %s', (_, bytes) => {
  const parser = new FrameParser();

  expect(parser.feed(Buffer.concat([formatFrame(1), bytes]))).toEqual([{ type: 1, data: Buffer.alloc(0) }]);
  expect(parser.problem).not.toBeNull();
  expect(parser.feed(formatFrame(1))).toEqual([]);
});

it('waits for the rest of a frame', () => {
  const bytes = formatFrame(203, Buffer.alloc(longestFrameBytes - 16, 'x'));
  const parser = new FrameParser();

  expect(parser.feed(bytes.subarray(0, -1))).toEqual([]);
  expect(parser.feed(bytes.subarray(-1))).toHaveLength(1);
});

it('takes the version message of a server of another protocol', () => {
  const bytes = formatFrame(12);
  bytes.writeUInt32LE(7, 8);
  const parser = new FrameParser();

  expect(parser.feed(bytes)).toEqual([{ type: 12, data: Buffer.alloc(0) }]);
  expect(parser.problem).toBeNull();
});

it('formats no frame that is too long for tmux', () => {
  expect(() => formatFrame(200, Buffer.alloc(longestFrameBytes - 15))).toThrow(RangeError);
});
