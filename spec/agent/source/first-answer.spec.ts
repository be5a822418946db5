import { firstAnswer, settleSources } from '../../../src/agent/source/first-answer.js';
import { answered, failed, silent } from '../../../src/agent/source/reading-of.js';
import { SourceError } from '../../../src/agent/source/source-error.js';
import type { SourceReading } from '../../../src/agent/source/source-reading.js';

const T = Date.parse('2026-03-01T12:00:00Z');
const read = (...readings: SourceReading[]) => firstAnswer(settleSources(readings), T);
const said = (detail: string, seconds = 0) => ({ detail, atMs: T + seconds * 1_000 });

describe('the first answer', () => {
  it('is that of the best source, with the age of its evidence', () => {
    const hook = answered('hook', 'waiting_input', said('PermissionRequest', 5));
    expect(read(hook, answered('transcript', 'active', said('prompted')))).toEqual({
      activity: 'waiting_input',
      evidence: { source: 'hook', detail: 'PermissionRequest', observedAt: '2026-03-01T12:00:05.000Z' },
    });
  });

  it.each(['hook', 'status_file'] as const)(
    'is not that of a %s once the transcript has gone on',
    (source) => {
      const reading = answered(source, 'waiting_input', said('it waits', 5));
      const transcript = answered('transcript', 'active', said('got the result of a tool', 6));
      expect(read(reading, transcript).evidence.source).toBe('transcript');
      const [outdated] = settleSources([reading, transcript]);
      expect(outdated).toMatchObject({
        state: 'silent',
        detail: 'it waits, but the transcript has gone on since',
      });
    },
  );

  it('is that of what is seen now, however new the transcript is', () => {
    const title = answered('title', 'active', said('✦'));
    expect(read(title, answered('transcript', 'ready', said('answered', 9))).activity).toBe('active');
  });

  it('says that a turn left something at work, where a hook only says that the turn is over', () => {
    const hook = answered('hook', 'ready', said('Stop', 5));
    const active = answered('transcript', 'active', said('left 1 at work'));
    expect(read(hook, { ...active, isTurnOver: true }).activity).toBe('active');
    expect(read(hook, active).activity).toBe('ready');
  });

  it('says how a turn ended, where a better source only says that it is over', () => {
    const hook = answered('hook', 'ready', said('Stop', 5));
    expect(read(hook, answered('transcript', 'waiting_input', said('asked'))).activity).toBe('waiting_input');
    expect(read(hook, answered('transcript', 'active', said('prompted'))).activity).toBe('ready');
  });

  it('passes over a source that fails, as long as another one answers', () => {
    const broken = failed('status_file', new Error('EACCES'), T);
    expect(read(broken, answered('transcript', 'active', said('prompted'))).activity).toBe('active');
    expect(() => read(broken, silent('transcript', said('none yet')))).toThrow(SourceError);
  });

  it('is unknown where none is given, with the reason', () => {
    expect(read(silent('hook', said('no hooks')), silent('transcript', said('none yet')))).toMatchObject({
      activity: null,
      evidence: { source: 'transcript', detail: 'none yet' },
    });
  });
});
