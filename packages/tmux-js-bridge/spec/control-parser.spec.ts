import fc from 'fast-check';

import type { ControlMessage } from '../src/control-message.js';
import { ControlParser } from '../src/control-parser.js';
import { controlStream } from './fixtures/control-stream.js';

const bytes = Buffer.from(controlStream);
const feedAll = (pieces: readonly (Buffer | string)[], parser = new ControlParser()): ControlMessage[] =>
  pieces.flatMap((piece) => parser.feed(piece));
const split = (whole: Buffer, places: readonly number[]): Buffer[] => {
  const cuts = [0, ...[...places].sort((a, b) => a - b), whole.length];
  return cuts.slice(1).map((end, index) => whole.subarray(cuts[index], end));
};

it('reads replies and notifications, and is not taken in by what looks like the end of a block', () => {
  const parser = new ControlParser();

  expect(feedAll([bytes], parser)).toEqual([
    { type: 'reply', isAnswer: false, isError: false, text: '0123456789ab 812 1795347752 $1\n' },
    { type: 'notification', name: 'window-add', text: '@1' },
    { type: 'notification', name: 'sessions-changed', text: '' },
    { type: 'notification', name: 'session-changed', text: '$1 _vitals-1' },
    {
      ...{ type: 'reply', isAnswer: true, isError: false },
      text:
        '%end 1 2 1\n%begin 1795347752 278 1\n%error 1795347752 277 1\n%end 1795347752 278 0\n' +
        'é 漢字 ✋ \u{1f600}\n\n%sessions-changed\n',
    },
    { type: 'reply', isAnswer: true, isError: false, text: '' },
    { type: 'reply', isAnswer: true, isError: true, text: "can't find pane: %99\n" },
    { type: 'reply', isAnswer: false, isError: false, text: 'printed by a hook\n' },
    { type: 'notification', name: 'session-renamed', text: '$2 漢 字' },
    { type: 'notification', name: 'unlinked-window-close', text: '@7' },
    { type: 'notification', name: 'exit', text: 'server exited unexpectedly' },
  ]);
  expect(parser.ignoredLineCount).toBe(4);
});

it('gives the same for a stream in any pieces', () => {
  const whole = feedAll([bytes]);
  const places = fc.array(fc.nat({ max: bytes.length }), { maxLength: 200 });

  expect(feedAll([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
  expect(feedAll([controlStream])).toEqual(whole);
  fc.assert(fc.property(places, (cuts) => expect(feedAll(split(bytes, cuts))).toEqual(whole)));
});

it('does not keep the pieces that it was fed', () => {
  const parser = new ControlParser();
  const piece = Buffer.from('%session-renamed $1 first');
  parser.feed(piece);
  piece.fill('x');

  expect(parser.feed('\n')).toEqual([{ type: 'notification', name: 'session-renamed', text: '$1 first' }]);
});

describe('garbage', () => {
  const scraps = fc.constantFrom(
    '%',
    '%end 1 2 1',
    '%error 5 6 0',
    '%begin',
    '%begin 1 2',
    ' 1 ',
    '\r',
    '\n',
  );
  const garbage = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        scraps.map((scrap) => Buffer.from(scrap)),
      ),
      { maxLength: 30 },
    )
    .map((parts) => Buffer.concat([...parts.map((part) => Buffer.from(part)), Buffer.from('\n')]))
    .filter((text) => !/^%begin \d+ \d+ \d+$/m.test(text.toString()));
  const reply = { type: 'reply', isAnswer: true, isError: false };

  it('neither throws nor hides the reply after it', () => {
    fc.assert(
      fc.property(garbage, (noise) => {
        const messages = feedAll([noise, Buffer.from('%begin 7 8 1\nanswer\n%end 7 8 1\n')]);
        expect(messages.at(-1)).toEqual({ ...reply, text: 'answer\n' });
      }),
    );
  });

  it('inside a reply is its text', () => {
    fc.assert(
      fc.property(garbage, (noise) => {
        fc.pre(!/^%(end|error) 7 8 1$/m.test(noise.toString()));
        const messages = feedAll([Buffer.from('%begin 7 8 1\n'), noise, Buffer.from('%end 7 8 1\n')]);
        expect(messages).toEqual([{ ...reply, text: noise.toString() }]);
      }),
    );
  });
});
