import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { proseLine, userLine } from '../../fixtures/transcripts/claude-lines.js';
import { recordedAt, writeRecording } from '../../fixtures/transcripts/recording.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';

interface Report {
  agents: Record<string, Record<string, unknown> & { disagreements: Record<string, unknown>[] }>;
  notes: string[];
}

const directory = new TemporaryDirectory();
afterAll(() => directory.remove());

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/scripts/accuracy.js', ...args], { encoding: 'utf8' });

function measure(dir: string): Report {
  const { status, stdout, stderr } = run(dir, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
}

/** A turn of 20 s that is followed by 20 s of rest; the label of the turn's end comes `lateBy` seconds too late. */
function recordTurn(dir: string, { lateBy = 0 } = {}): void {
  const line = { sessionId: UUID };
  writeRecording(dir, {
    adapter: 'claude-code',
    sessionId: UUID,
    deeds: [
      { at: 0, lines: [userLine('Do it.', { at: recordedAt(0), ...line })] },
      { at: 0, label: 'ready' },
      { at: 0, label: 'working', before: 'ready' },
      { at: 20, lines: [proseLine('Done.', { at: recordedAt(20), ...line })] },
      { at: 20 + lateBy, label: 'ready', before: 'working' },
      { at: 40, ends: true },
    ],
  });
}

describe('npm run accuracy', () => {
  it('agrees with labels that are right, and counts no second within 2 s of a change', () => {
    const dir = directory.fresh();
    recordTurn(`${dir}/claudecode/turn/1`);
    expect(measure(dir).agents['claude-code']).toMatchObject({
      ...{ agreement: 1, inTurnReady: 0, recordings: 1, transitions: 1, transitionsSeen: 1, waits: 0 },
      // Seconds 3 to 17, and 23 to 39.
      labelledSeconds: 32,
      inTurnSeconds: 15,
      waitsFound: null,
      disagreements: [],
    });
  });

  it('names the moment of each longer disagreement', () => {
    const dir = directory.fresh();
    recordTurn(`${dir}/claudecode/late/1`, { lateBy: 10 });
    const { disagreements, ...score } = measure(dir).agents['claude-code']!;
    // Labelled as a turn until second 30, of which 28 to 32 do not count; read ready from second 20 on.
    expect(score).toMatchObject({
      labelledSeconds: 32,
      inTurnSeconds: 25,
      inTurnReadySeconds: 8,
      agreement: 24 / 32,
    });
    expect(disagreements).toMatchObject([
      { recording: 'claudecode/late/1', afterSeconds: 20, seconds: 8, label: 'working', activity: 'ready' },
    ]);
    expect(run(dir).stdout).toContain('claudecode/late/1 at 20 s, for 8 s: labelled working, read ready');
  });

  it('hears the hooks that were recorded', () => {
    const dir = directory.fresh();
    writeRecording(`${dir}/wait/1`, {
      adapter: 'claude-code',
      sessionId: UUID,
      deeds: [
        { at: 0, lines: [userLine('Do it.', { at: recordedAt(0), sessionId: UUID })] },
        { at: 0, label: 'working', before: 'ready' },
        { at: 10, hook: 'PermissionRequest' },
        { at: 10, label: 'waiting', before: 'working' },
        { at: 30, ends: true },
      ],
    });
    expect(measure(dir).agents['claude-code']).toMatchObject({
      agreement: 1,
      waits: 1,
      waitsFound: 1,
      waitSeconds: 17,
    });
  });

  it('notes what it can not measure, and measures the rest', () => {
    const dir = directory.fresh();
    recordTurn(`${dir}/good/1`);
    writeRecording(`${dir}/unknown/1`, {
      adapter: 'somebody',
      sessionId: UUID,
      deeds: [{ at: 0, lines: ['{}'] }],
    });
    mkdirSync(`${dir}/bare/1`, { recursive: true });
    writeFileSync(`${dir}/bare/1/events.jsonl`, 'no JSON\n{"ts":"never"}\n');
    mkdirSync(`${dir}/folder/1/events.jsonl`, { recursive: true });
    const { agents, notes } = measure(dir);
    expect(agents['claude-code']).toMatchObject({ agreement: 1 });
    expect(notes.join('\n')).toMatch(/bare\/1: 2 lines of events.jsonl can't be read/);
    expect(notes.join('\n')).toMatch(/bare\/1: not replayed/);
    expect(notes.join('\n')).toMatch(/folder\/1: not measured/);
    expect(notes.join('\n')).toMatch(/unknown\/1: not replayed, its agent "somebody"/);
  });

  it.each([
    ['no folder', () => []],
    ['two folders', () => [directory.path, directory.path]],
    ['a folder that is not there', () => [directory.fresh()]],
    [
      'a folder without recordings',
      () => {
        const dir = directory.fresh();
        mkdirSync(dir);
        return [dir];
      },
    ],
  ])('ends with 2 and one line when it is given %s', (_, args) => {
    const { status, stdout, stderr } = run(...args());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });
});
