import { makeSession } from '../../fixtures/sessions.js';
import { Rivals } from '../../src/agent/rivals.js';

const MINUTE_MS = 60_000;

describe('Rivals', () => {
  it('knows who else was looked at lately in a directory', () => {
    const rivals = new Rivals({ capacity: 100 });
    const [one, other] = [makeSession({ id: 'one' }), makeSession({ id: 'other' })];
    rivals.note(one, 0);
    rivals.note(other, 4 * MINUTE_MS);
    rivals.note(makeSession({ id: 'elsewhere', workspacePath: '/srv/site' }), 4 * MINUTE_MS);
    expect(rivals.of(other, 4 * MINUTE_MS)).toEqual([one]);
    expect(rivals.of(other, 5 * MINUTE_MS)).toEqual([]);
  });

  it('keeps none that was looked at too long ago to be one, however many there were', () => {
    const rivals = new Rivals({ capacity: 20_000 });
    const steady = makeSession({ id: 'steady' });
    for (let minute = 0; minute < 1_000; minute += 1) {
      rivals.note(steady, minute * MINUTE_MS);
      rivals.note(makeSession({ id: `s-${minute}` }), minute * MINUTE_MS);
    }
    expect(rivals.size).toBe(6);
    expect(rivals.of(steady, 999 * MINUTE_MS)).toHaveLength(5);
  });
});
