import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { defaultAgents } from '../../src/agent/default-agents.js';
import { adoptPrograms } from '../../src/control/adopt-programs.js';
import type { ControlContext } from '../../src/control/control-context.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { listDescendants } from '../../src/process/list-descendants.js';
import { systemClock } from '../../src/process/system-clock.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';

const STAND_INS = resolve(__dirname, '../../fixtures/agents');

const tmux = new PrivateTmux();
const runtimes = { tmux: new TmuxRuntime({ socketPath: tmux.socketPath }) };
const agents = defaultAgents({ env: { HOME: tmux.directory.path } });
const sessions = new SessionManager({ home: tmux.directory.file('home') });
const context: ControlContext = { sessions, runtimes, agents, clock: systemClock };
const manager = new LifecycleManager({ sessions, runtimes, agents, lease: 'none' });

let count = 0;

beforeAll(() => tmux.begin());
afterAll(async () => {
  await manager.stop();
  await tmux.stop();
});

async function newWorkspace(): Promise<string> {
  count += 1;
  const path = tmux.directory.file(`work-${count}`);
  await mkdir(path);
  return realpathSync(path);
}

const standIn = (name: string): string[] => [process.execPath, join(STAND_INS, `${name}.mjs`)];

async function spawnStandIn(name: string, workspacePath: string): Promise<Session> {
  count += 1;
  return spawnSession(context, { id: `s${count}`, command: standIn(name), workspacePath });
}

/** Types a word into a session, and waits until its program has done it. */
async function tell({ handle, workspacePath }: Session, word: string): Promise<void> {
  const done = join(String(workspacePath), '.done');
  const countDone = (): number => (existsSync(done) ? readFileSync(done, 'utf8').split('\n').length : 1);
  const before = countDone();
  await tmux.run('send-keys', '-t', String(handle?.['paneId']), word, 'Enter');
  if (word !== 'crash') await waitFor(`${word} to be done`, () => countDone() > before);
}

/** What one pass makes of a session. */
async function look(session: Session): Promise<Session> {
  await manager.tick();
  const fresh = await sessions.get(sessionKey(session));
  if (!fresh) throw new Error('its record is gone');
  return fresh;
}

const activityOf = async (session: Session): Promise<string | null> => (await look(session)).activity;

/** Whether the bell, the title or the screen has reached tmux. */
const hasReached = (session: Session, format: string, value: string): Promise<unknown> =>
  waitFor(`${format} to be ${value}`, async () =>
    (await tmux.run('display-message', '-p', '-t', String(session.handle?.['paneId']), format)).startsWith(
      value,
    ),
  );

describe('a live Claude Code', () => {
  it('works, waits for permission, works, and is done: each seen in one pass', async () => {
    const session = await spawnStandIn('claude', await newWorkspace());
    expect(session.agent).toBe('claude-code');
    expect(await activityOf(session)).toBeNull();
    await tell(session, 'prompt');
    expect(await look(session)).toMatchObject({
      activity: 'active',
      status: 'working',
      evidence: { source: 'transcript' },
    });
    await tell(session, 'ask');
    expect(await look(session)).toMatchObject({
      activity: 'waiting_input',
      status: 'needs_input',
      evidence: { source: 'screen' },
    });
    await tell(session, 'allow');
    expect(await look(session)).toMatchObject({ activity: 'active', status: 'working' });
    await tell(session, 'answer');
    expect(await look(session)).toMatchObject({ activity: 'ready', status: 'working' });
  });

  it('that crashes in its turn has failed, with its code', async () => {
    const session = await spawnStandIn('claude', await newWorkspace());
    await tell(session, 'prompt');
    expect(await activityOf(session)).toBe('active');
    await tell(session, 'crash');
    await waitFor('its end', async () => (await look(session)).status === 'errored');
    expect(await look(session)).toMatchObject({ status: 'errored', exit: { code: 7 } });
  });

  it('that is killed in its turn was killed, by its signal', async () => {
    const session = await spawnStandIn('claude', await newWorkspace());
    await tell(session, 'prompt');
    const [pid] = listDescendants(Number(session.handle?.['panePid']));
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor('its end', async () => (await look(session)).status === 'killed');
    expect(await look(session)).toMatchObject({ status: 'killed', exit: { signal: 'SIGKILL' } });
  });

  it('is followed when its transcript is moved away and begun again', async () => {
    const session = await spawnStandIn('claude', await newWorkspace());
    await tell(session, 'prompt');
    await tell(session, 'answer');
    expect(await activityOf(session)).toBe('ready');
    const folder = join(
      tmux.directory.path,
      '.claude/projects',
      String(session.workspacePath).replace(/[^A-Za-z0-9]/g, '-'),
    );
    const [name = ''] = await readdir(folder);
    await rename(join(folder, name), join(folder, `${name}.old`));
    await tell(session, 'allow');
    expect(await activityOf(session)).toBe('active');
  });

  it('is not taken for another one in the same directory', async () => {
    const workspace = await newWorkspace();
    const [one, other] = [await spawnStandIn('claude', workspace), await spawnStandIn('claude', workspace)];
    await tell(one, 'prompt');
    await tell(other, 'answer');
    expect([await activityOf(one), await activityOf(other)]).toEqual(['active', 'ready']);
  });

  it('that was started by hand in a pane is recognised when it is adopted, and followed', async () => {
    const workspace = await newWorkspace();
    const paneId = await tmux.newSession('by-hand', 'sh');
    await tmux.run(
      'send-keys',
      '-t',
      paneId,
      `cd '${workspace}' && HOME='${tmux.directory.path}' ${standIn('claude').join(' ')}`,
      'Enter',
    );
    await hasReached(
      { handle: { type: 'tmux', paneId } } as unknown as Session,
      '#{pane_current_command}',
      'claude',
    );
    const [session] = await adoptPrograms(context, { targets: ['by-hand'] });
    expect(session).toMatchObject({ agent: 'claude-code', workspacePath: workspace });
    await tell(session!, 'prompt');
    expect(await activityOf(session!)).toBe('active');
    await tell(session!, 'answer');
    expect(await activityOf(session!)).toBe('ready');
  });
});

describe('other live agents', () => {
  it('Codex works, has a plan to be accepted, works on, is interrupted', async () => {
    const session = await spawnStandIn('codex', await newWorkspace());
    await tell(session, 'prompt');
    expect(await look(session)).toMatchObject({ agent: 'codex', activity: 'active', status: 'working' });
    await tell(session, 'plan');
    expect(await look(session)).toMatchObject({ activity: 'waiting_input', status: 'needs_input' });
    await tell(session, 'prompt');
    expect(await look(session)).toMatchObject({ activity: 'active', status: 'working' });
    await tell(session, 'interrupt');
    expect(await activityOf(session)).toBe('ready');
  });

  it('Gemini tells by its title', async () => {
    const session = await spawnStandIn('gemini', await newWorkspace());
    const seen: (string | null)[] = [];
    for (const [word, icon] of [
      ['prompt', '✦'],
      ['ask', '✋'],
      ['answer', '◇'],
    ] as const) {
      await tell(session, word);
      await hasReached(session, '#{pane_title}', icon);
      seen.push(await activityOf(session));
    }
    expect(seen).toEqual(['active', 'waiting_input', 'ready']);
  });

  it('aider tells by its history, and by the bell', async () => {
    const session = await spawnStandIn('aider', await newWorkspace());
    await tell(session, 'prompt');
    expect(await look(session)).toMatchObject({ agent: 'aider', activity: 'active' });
    await tell(session, 'ask');
    await hasReached(session, '#{window_bell_flag}', '1');
    expect(await look(session)).toMatchObject({ activity: 'waiting_input', evidence: { source: 'bell' } });
  });
});
