import fc from 'fast-check';

import { formatFrame } from '../src/frame.js';
import { messages } from '../src/messages.js';
import { SocketDialogue, type SocketAnswer, type Surprise } from '../src/socket-dialogue.js';
import { serverFrames } from './fixtures/server-frames.js';

/** What comes of a whole conversation, in pieces of this length. */
function talk(bytes: Buffer, { pieceLength = bytes.length }: { pieceLength?: number } = {}) {
  const dialogue = new SocketDialogue();
  const replies: Buffer[] = [];
  let end: SocketAnswer | Surprise | null = null;
  for (let start = 0; start < bytes.length && !end; start += pieceLength) {
    const said = dialogue.read(bytes.subarray(start, start + pieceLength));
    replies.push(said.reply);
    end = said.end;
  }
  return { reply: Buffer.concat(replies), end };
}

const { open, write, close, exit, shutdown, version, ready } = serverFrames;

it('collects what is printed, says that it is ready, and gives the exit code', () => {
  const bytes = Buffer.concat([
    ...[open(1), open(2), write(1, 'é'), write(2, 'no'), write(1, ' 漢\n')],
    ...[close(2), exit(1)],
  ]);

  for (const pieceLength of [1, 7, 16, bytes.length]) {
    expect(talk(bytes, { pieceLength })).toEqual({
      reply: Buffer.concat([ready(1), ready(2)]),
      end: { type: 'answer', stdout: 'é 漢\n', stderr: 'no', exitCode: 1 },
    });
  }
});

it('puts a character together that two messages share', () => {
  const [first, second] = [Buffer.from('漢').subarray(0, 1), Buffer.from('漢').subarray(1)];
  const bytes = Buffer.concat([open(1), write(1, first), write(1, second), exit(0)]);

  expect(talk(bytes).end).toMatchObject({ stdout: '漢' });
});

it.each([
  ['a message to leave with', exit(0, 'access not allowed'), { stderr: 'access not allowed\n', exitCode: 0 }],
  ['an exit without a code', formatFrame(messages.exit), { stderr: '', exitCode: 0 }],
  ['the end of the server', shutdown(), { stderr: '', exitCode: 0 }],
])('takes %s as the tmux program does', (_, bytes, expected) => {
  expect(talk(bytes).end).toEqual({ type: 'answer', stdout: '', ...expected });
});

it.each([
  ['another protocol', version()],
  ['a stream that is not open', write(1, 'x')],
  ['a stream that is closed', Buffer.concat([open(1), close(1), write(1, 'x')])],
  ['a stream opened twice', Buffer.concat([open(1), open(1)])],
  ['a file to write', open(3, -1)],
  ['standard input', formatFrame(300, Buffer.alloc(9))],
  ['a terminal', formatFrame(207)],
  ['a program to run', formatFrame(217, Buffer.from('/bin/sh\0'))],
  ['half an exit code', formatFrame(messages.exit, Buffer.alloc(3))],
  ['nothing to open', formatFrame(messages.writeOpen)],
  ['nothing to write to', formatFrame(messages.write, Buffer.alloc(3))],
  ['no frame', Buffer.alloc(16)],
])('is surprised by %s', (_, bytes) => {
  expect(talk(bytes).end).toMatchObject({ type: 'surprise' });
});

it('gives up on a reply without end', () => {
  const dialogue = new SocketDialogue();
  dialogue.read(open(1));
  const piece = write(1, Buffer.alloc(16_000));
  let end: unknown = null;
  for (let sent = 0; sent < 100_000_000 && !end; sent += 16_000) end = dialogue.read(piece).end;

  expect(end).toMatchObject({ type: 'surprise', problem: expect.stringContaining('bytes') as unknown });
});

it('ends or waits, and never throws, whatever a server says', () => {
  const types = fc.constantFrom(...Object.values(messages), 201, 207, 300, 0);
  const data = fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.array(fc.tuple(types, data), { maxLength: 30 }), (said) => {
      const { end } = talk(Buffer.concat(said.map(([type, bytes]) => formatFrame(type, bytes))));
      expect([undefined, 'answer', 'surprise']).toContain(end?.type);
    }),
  );
});
