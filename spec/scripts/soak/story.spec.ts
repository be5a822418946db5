import { makeSession } from '../../../fixtures/sessions.js';
import { Story } from '../../../scripts/soak/story.js';
import type { EventBody } from '../../../src/session/event.js';

const about = { sessionId: 'api-3', projectId: 'shop' };
const spawned: EventBody = {
  ...{ ...about, type: 'spawned', status: 'working', activity: null },
  createdAt: '2026-01-01T00:00:00.000Z',
};
const ended: EventBody[] = [
  { ...about, type: 'status_changed', from: 'working', to: 'done', by: 'lifecycle' },
  { ...about, type: 'terminated', reason: 'runtime_gone', exit: { code: 0, signal: null } },
];

/** A story of these events, numbered in a row unless told. */
function tell(
  bodies: readonly EventBody[],
  seqs: readonly number[] = bodies.map((_, index) => index + 1),
): Story {
  const story = new Story('life:0');
  bodies.forEach((body, index) => {
    story.take({ ...body, seq: seqs[index] ?? 0, epoch: 'life', time: '2026-01-01T00:00:00.000Z' });
  });
  return story;
}

describe('Story', () => {
  it('agrees with the records that its events lead to', () => {
    expect(tell([spawned]).differences([makeSession()])).toEqual([]);
    expect(tell([spawned, ...ended]).differences([makeSession({ status: 'done' })])).toEqual([]);
    const gone: EventBody = { ...about, type: 'session_removed' };
    expect(tell([spawned, ...ended, gone]).differences([])).toEqual([]);
  });

  it('finds what was told and is not so, and what was never told', () => {
    expect(tell([spawned]).differences([makeSession({ status: 'done' })])).toEqual([
      'shop/api-3: told working/-, recorded done/-',
    ]);
    expect(tell([spawned]).differences([])).toEqual(['shop/api-3: told to be there, and gone']);
    expect(tell([]).differences([makeSession()])).toEqual(['shop/api-3: never told of']);
  });

  it('finds an end that was told twice, or not at all', () => {
    const [changed, terminated] = ended as [EventBody, EventBody];
    const record = makeSession({ status: 'done' });
    expect(tell([spawned, changed, terminated, terminated]).differences([record])).toEqual([
      'shop/api-3: done, its end told 2 times',
    ]);
    expect(tell([spawned, changed]).differences([record])).toEqual([
      'shop/api-3: done, its end told 0 times',
    ]);
  });

  it('counts the lines that are missing, and those that come twice', () => {
    expect(tell([spawned, ...ended], [1, 2, 4])).toMatchObject({ gaps: 1, duplicates: 0 });
    expect(tell([spawned, ...ended], [1, 2, 2])).toMatchObject({ gaps: 0, duplicates: 1 });
  });
});
