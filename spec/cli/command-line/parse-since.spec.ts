import { parseSince } from '../../../cli/command-line/parse-since.js';
import { UsageError } from '../../../cli/command-line/usage-error.js';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

describe('parseSince', () => {
  it.each([
    ['10m', NOW_MS - 600_000],
    ['25d', NOW_MS - 25 * DAY_MS],
    ['1000d', NOW_MS - 1_000 * DAY_MS],
    ['2026-01-05', Date.UTC(2026, 0, 5)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-01-05T09:12Z', Date.UTC(2026, 0, 5, 9, 12)],
    ['2026-01-05T09:12:30.250Z', Date.UTC(2026, 0, 5, 9, 12, 30, 250)],
    ['2026-01-05t09:12:00z', Date.UTC(2026, 0, 5, 9, 12)],
    ['2026-01-05 09:12:00+01:00', Date.UTC(2026, 0, 5, 8, 12)],
    ['2026-01-05T09:12:00+0100', Date.UTC(2026, 0, 5, 8, 12)],
    ['2026-01-05T09:12:00', new Date(2026, 0, 5, 9, 12).getTime()],
  ])('reads %s', (text, ms) => expect(parseSince(text, NOW_MS)).toBe(ms));

  it.each([
    '2026-02-30',
    '2026-02-30T09:12:00Z',
    '2025-02-29T00:00:00Z',
    '2026-04-31',
    '2026-13-01',
    '2026-01-05T25:00:00Z',
    '2026-01-05 junk',
    '2026-01-05T09:12:00Z (or so)',
    '2026-01-05T09:12:00Z ago',
    '2026-01-05T',
    'yesterday',
    '25',
    '',
    undefined,
  ])('refuses %j', (text) => {
    expect(() => parseSince(text, NOW_MS)).toThrow(UsageError);
    expect(() => parseSince(text, NOW_MS)).toThrow('--since takes a time such as 10m or');
  });
});
