import { nextSignal } from '../../../cli/terminal/signals.js';

const before = process.listenerCount('SIGINT');
let now: number;
let kill: jest.SpyInstance;

beforeEach(() => {
  now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

const send = (signal: NodeJS.Signals): boolean => process.emit(signal, signal);

describe('the next signal', () => {
  it('is the first that comes, also when a wrapper sends it to the group as well', async () => {
    const { signal, forget } = nextSignal();
    send('SIGINT');
    now += 100;
    send('SIGINT');
    expect(await signal).toBe('SIGINT');
    // Who does not listen dies of it.
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    expect(kill).not.toHaveBeenCalled();
    forget();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('ends the process at once when it comes again, as if nobody listened', async () => {
    const { signal } = nextSignal();
    send('SIGINT');
    now += 1_000;
    send('SIGTERM');
    expect(await signal).toBe('SIGINT');
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM');
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
