import { readFileSync } from 'node:fs';
import type { Explanation } from '../../src/control/explain-session.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { Vitals } from './vitals.js';

describe('explain', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  const explain = async (id: string): Promise<Explanation> =>
    JSON.parse(await vitals.do('explain', id, '--json')) as Explanation;
  const bytesOf = (id: string): string =>
    readFileSync(vitals.sessions.layout.sessionFile(`default/${id}`), 'utf8');

  it('tells what each source says, which row decides, and what will come of it; and writes nothing', async () => {
    await vitals.spawn('asker', `printf '\\a'; exec sleep 600`);
    const before = bytesOf('asker');
    const explanation = await waitFor('the bell', async () => {
      const seen = await explain('asker');
      return seen.rule === 'waits_for_a_person' && seen;
    });
    expect(explanation).toMatchObject({
      ...{ liveness: { state: 'alive' }, rule: 'waits_for_a_person' },
      ...{ sources: [{ source: 'bell', state: 'answered', activity: 'waiting_input' }] },
      ...{ session: { status: 'spawning' }, next: { status: 'needs_input', activity: 'waiting_input' } },
    });
    expect(await vitals.do('explain', 'asker')).toMatch(
      /^default\/asker\n {2}record +spawning[^]*\n {2}runtime +alive +tmux: pane[^]*\n {2}so +needs_input +it waits for a person: the next pass makes it needs_input$/,
    );
    expect(bytesOf('asker')).toBe(before);
    await vitals.passOnce();
    expect(await vitals.do('explain', 'asker')).toMatch(/it waits for a person: it stays needs_input$/);
  });

  it('says of an ended session why it ended, and asks nobody', async () => {
    await vitals.spawn('three', 'exit 3');
    await waitFor('its end', async () => {
      await vitals.passOnce();
      return (await vitals.sessions.get('default/three'))!.status === 'errored';
    });
    expect(await explain('three')).toMatchObject({ liveness: null, sources: [], rule: 'ended_before' });
    expect(await vitals.do('explain', 'three')).toMatch(
      /record +errored +failed with code 3; written by lifecycle/,
    );
  });

  it('says of a program that is gone what the next pass will make of it', async () => {
    await vitals.spawn('zero', ':');
    const explanation = await waitFor('its end', async () => {
      const seen = await explain('zero');
      return seen.rule === 'program_gone' && seen.liveness?.exit?.code === 0 && seen;
    });
    expect(explanation.next.status).toBe('done');
  });

  it('says when nobody can be asked', async () => {
    const { handle } = await vitals.spawn('odd', 'exec sleep 600');
    await vitals.sessions.save({
      ...(await vitals.sessions.get('default/odd'))!,
      runtime: 'nowhere',
      handle,
    });
    expect(await explain('odd')).toMatchObject({
      liveness: { state: 'unknown', evidence: { detail: expect.stringContaining('"nowhere"') as string } },
      ...{ rule: 'not_known', next: { status: 'spawning' } },
    });
  });

  it('knows no session that is not there', async () => {
    expect(await vitals.run(['explain', 'nobody'])).toMatchObject({ code: 3, stdout: '' });
  });
});
