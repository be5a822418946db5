import { appendFile, mkdir, rename, symlink, utimes } from 'node:fs/promises';
import { proseLine, userLine } from '../../../fixtures/transcripts/claude-lines.js';
import { ClaudeCodeAgent } from '../../../src/agent/claude-code/claude-code.js';
import { HookFiles } from '../../../src/hook/hook-files.js';
import type { ActivityReading } from '../../../src/agent/source/activity-reading.js';
import type { RuntimeView, Signs } from '../../../src/runtime/runtime.js';
import type { Session } from '../../../src/session/session.js';
import { HomeLayout } from '../../../src/store/home-layout.js';
import { aView } from '../a-view.js';
import { after, AgentFolders } from '../agent-folders.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';
const SIGNS: Signs = { lastOutputAt: after(60), title: 'done', bell: false };

let folders: AgentFolders;
let agent: ClaudeCodeAgent;
let layout: HomeLayout;
let transcriptPath: string;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  layout = new HomeLayout(folders.home.file('vitals'));
  const { clock, env } = folders;
  agent = new ClaudeCodeAgent({ clock, env, hooks: new HookFiles({ layout }) });
  transcriptPath = await folders.write(
    `.claude/projects/${folders.work.replace(/[^A-Za-z0-9]/g, '-')}/${UUID}.jsonl`,
    [userLine('Do it.', { at: after(10) }), proseLine('Done.', { at: after(58) })],
    60,
  );
});

afterEach(() => folders.home.remove());

function look(fields: Partial<Session> = {}, signs: Partial<Signs> | null = SIGNS): Promise<ActivityReading> {
  const session = folders.session({ agentSession: UUID, ...fields });
  return agent.detectActivity(session, aView(signs), { signal: new AbortController().signal });
}

const writeStatus = (status: string, seconds: number): Promise<string> =>
  folders.write(
    `.claude/sessions/${process.pid}.json`,
    [JSON.stringify({ pid: process.pid, sessionId: UUID, status, statusUpdatedAt: after(59) })],
    seconds,
  );

const writeHookNote = (seconds: number): Promise<string> =>
  folders.write(
    'vitals/hooks/shop/api-3.json',
    [JSON.stringify({ event: 'Stop', at: after(59), activity: 'ready', detail: '', agent: 'claude-code' })],
    seconds,
  );

/** Goes on to a later moment, and asks there whether the answer holds. */
async function holdsAfter(
  { holds }: ActivityReading,
  {
    seconds = 110,
    signs = SIGNS,
    view = aView(signs),
  }: { seconds?: number; signs?: Signs; view?: RuntimeView } = {},
): Promise<boolean | undefined> {
  folders.clock.set(after(seconds));
  return holds?.(view);
}

describe('what an agent at rest is said to do', () => {
  it('is not asked about again as long as nothing changes, until it is idle', async () => {
    const reading = await look();
    expect(reading.activity).toBe('ready');
    expect(await holdsAfter(reading)).toBe(true);
    expect(await holdsAfter(reading, { seconds: 117.9 })).toBe(true);
    expect(await holdsAfter(reading, { seconds: 118 })).toBe(false);
  });

  it('holds for good once it is idle', async () => {
    folders.clock.set(after(200));
    const reading = await look();
    expect(reading.activity).toBe('idle');
    expect(await holdsAfter(reading, { seconds: 900_000 })).toBe(true);
  });

  it.each<[string, Partial<Signs>]>([
    ['prints', { lastOutputAt: after(105) }],
    ['rings', { bell: true }],
    ['has another title', { title: 'at work' }],
  ])('is asked about again when it %s', async (_, change) => {
    expect(await holdsAfter(await look(), { signs: { ...SIGNS, ...change } })).toBe(false);
  });

  it('is asked about again when its screen can’t be seen any more, or the clock is set back', async () => {
    expect(await holdsAfter(await look(), { view: aView(null) })).toBe(false);
    expect(await holdsAfter(await look(), { seconds: 90 })).toBe(false);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['its transcript goes on', () => appendFile(transcriptPath, `${userLine('And now?')}\n`)],
    ['its transcript was touched', () => utimes(transcriptPath, new Date(after(61)), new Date(after(61)))],
    ['its transcript is gone', () => rename(transcriptPath, `${transcriptPath}.old`)],
    [
      'its transcript is a link now',
      async () => {
        await rename(transcriptPath, `${transcriptPath}.old`);
        await symlink(`${transcriptPath}.old`, transcriptPath);
      },
    ],
    ['a hook has spoken', () => writeHookNote(62)],
    ['its process left a note on itself', () => writeStatus('idle', 62)],
  ])('is asked about again when %s', async (_, happen) => {
    const reading = await look();
    await happen();
    expect(await holdsAfter(reading)).toBe(false);
  });

  it('is asked about again when a hook says the same anew, or its note on its process has changed', async () => {
    await writeHookNote(62);
    await writeStatus('idle', 62);
    const reading = await look();
    expect(await holdsAfter(reading)).toBe(true);
    await writeHookNote(63);
    expect(await holdsAfter(reading)).toBe(false);
    const next = await look();
    await writeStatus('busy', 64);
    expect(await holdsAfter(next, { seconds: 112 })).toBe(false);
  });

  it('is compared with what it was read from, and not with what was read since', async () => {
    const reading = await look();
    await appendFile(transcriptPath, `${userLine('And now?', { at: after(62) })}\n`);
    expect((await look()).activity).toBe('active');
    expect(await holdsAfter(reading)).toBe(false);
  });
});

describe('an agent is asked at each pass', () => {
  it('that works', async () => {
    await appendFile(transcriptPath, `${userLine('And now?', { at: after(62) })}\n`);
    expect(await look()).toMatchObject({ activity: 'active' });
    expect((await look()).holds).toBeUndefined();
  });

  it('whose screen moved just now, or of whose screen nothing is known', async () => {
    expect((await look({}, { ...SIGNS, lastOutputAt: after(99) })).holds).toBeUndefined();
    expect((await look({}, null)).holds).toBeUndefined();
    expect((await look({}, { ...SIGNS, lastOutputAt: null })).holds).toBeUndefined();
  });

  it('whose transcript is guessed', async () => {
    const { activity, holds } = await look({ agentSession: null });
    expect([activity, holds]).toEqual(['ready', undefined]);
  });
});

it('stays a rival of those in its directory while it is not asked', async () => {
  const reading = await look({
    id: 'resting',
    agentSession: null,
    command: ['claude', '--session-id', UUID],
  });
  for (let seconds = 110; seconds <= 710; seconds += 100) await holdsAfter(reading, { seconds });
  const other = await look({ id: 'other', agentSession: null, command: ['claude'] }, null);
  expect(other.evidence.detail).toContain('no transcript in');
});
