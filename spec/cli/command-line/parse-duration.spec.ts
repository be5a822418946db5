import { parseCount } from '../../../cli/command-line/parse-count.js';
import { parseDuration } from '../../../cli/command-line/parse-duration.js';
import { UsageError } from '../../../cli/command-line/usage-error.js';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5h', 5_400_000],
    ['2m', 120_000],
    ['1d', 86_400_000],
    ['0.6ms', 1],
  ])('reads %s as %i ms', (text, ms) => expect(parseDuration('interval', text)).toBe(ms));

  it.each([
    '',
    '10',
    's',
    '0s',
    '-1s',
    '1 s',
    '1S',
    '1e3s',
    '.5s',
    '1s2',
    '99d',
    'Infinitys',
    ['1s', '2s'],
    undefined,
  ])('refuses %j', (text) => {
    expect(() => parseDuration('interval', text)).toThrow(UsageError);
    expect(() => parseDuration('interval', text)).toThrow(
      '--interval takes a time such as 500ms, 10s or 2m, not',
    );
  });
});

describe('parseCount', () => {
  it('reads whole numbers from 1', () =>
    expect([parseCount('buffer', '1'), parseCount('buffer', '1024')]).toEqual([1, 1024]));

  it.each(['', '0', '-1', '1.5', 'abc', '1e3', '9007199254740993', ['1', '2'], undefined])(
    'refuses %j',
    (text) => {
      expect(() => parseCount('buffer', text)).toThrow(UsageError);
    },
  );
});
