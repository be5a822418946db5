import { writeFileSync } from 'node:fs';
import { writeHookNote } from '../../src/hook/write-hook-note.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { Vitals } from './vitals.js';

const AGO_MS = 3_600_000;

describe('events --stuck-after', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  const say = (activity: 'ready' | 'waiting_input' | 'active', agoMs = AGO_MS): void =>
    writeHookNote(vitals.sessions.layout.hookFile('default/api'), {
      ...{
        event: 'Spec',
        at: new Date(Date.now() - agoMs).toISOString(),
        activity,
        detail: 'as the spec says',
      },
      ...{ agent: 'claude-code', conversation: null, transcriptPath: null, subagent: null, process: null },
    });
  const changes = (events: LifecycleEvent[]): string[] =>
    events.flatMap((event) => (event.type === 'status_changed' ? [`${event.from} to ${event.to}`] : []));
  /** Each of them is another life of the loop: it knows what is on disk. */
  const pass = async (...args: string[]): Promise<string[]> => changes(await vitals.passOnce(...args));

  it('is for those that have nothing to do, off unless told, counts across restarts, and ends with work', async () => {
    const session = await vitals.spawn('api', 'exec sleep 600', { agent: 'claude-code' });
    const createdAt = new Date(Date.now() - 2 * AGO_MS).toISOString();
    writeFileSync(
      vitals.sessions.layout.sessionFile('default/api'),
      JSON.stringify({ ...session, createdAt }),
    );

    say('waiting_input');
    expect(await pass('--stuck-after', '1ms')).toEqual(['spawning to needs_input']);
    expect(await pass('--stuck-after', '1ms')).toEqual([]);
    say('active', 0);
    expect(await pass('--stuck-after', '1ms')).toEqual(['needs_input to working']);

    say('ready');
    expect(await pass('--stuck-after', '1h')).toEqual([]);
    const { idleSince, idleClock } = (await vitals.sessions.get('default/api'))!;
    expect(idleSince).not.toBeNull();
    expect(idleClock).toMatchObject({ since: idleSince });
    expect(await pass()).toEqual([]);
    await waitFor('half a second', () => Date.now() - Date.parse(idleSince!) > 500);
    expect(await pass('--stuck-after', '500ms')).toEqual(['working to stuck']);
    expect((await vitals.sessions.get('default/api'))!.idleSince).toBe(idleSince);

    say('active', 0);
    expect(await pass('--stuck-after', '500ms')).toEqual(['stuck to working']);
    expect((await vitals.sessions.get('default/api'))!.idleSince).toBeNull();
  }, 60_000);
});
