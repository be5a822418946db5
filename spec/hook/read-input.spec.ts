import { PassThrough } from 'node:stream';
import { readInput } from '../../src/hook/read-input.js';

describe('readInput', () => {
  const stream = new PassThrough();

  it('takes all that comes until the end', async () => {
    const input = new PassThrough();
    const reading = readInput(input);
    input.write('{"a":');
    input.end('1}');
    expect(await reading).toEqual({ type: 'text', text: '{"a":1}' });
  });

  it('reads on what is too long, so that the agent can write it out, but keeps none of it', async () => {
    const input = new PassThrough({ highWaterMark: 16 });
    const reading = readInput(input, { maxBytes: 100 });
    let hasWrittenAll = false;
    input.end('x'.repeat(100_000), () => (hasWrittenAll = true));
    expect(await reading).toEqual({ type: 'useless', message: 'stdin holds more than 100 bytes' });
    expect(hasWrittenAll).toBe(true);
  });

  it('waits only so long for an end that does not come, and takes what there is', async () => {
    stream.write('{}');
    expect(await readInput(stream, { timeoutMs: 20 })).toEqual({ type: 'text', text: '{}' });
    expect(stream.destroyed).toBe(true);
  });

  it('says why a stream can not be read', async () => {
    const input = new PassThrough();
    const reading = readInput(input);
    input.destroy(new Error('EIO'));
    expect(await reading).toEqual({ type: 'useless', message: "stdin can't be read: EIO" });
  });
});
