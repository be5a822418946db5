import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { makeSession } from '../../fixtures/sessions.js';
import { parentOf } from '../process/parent-of.js';
import { AgentProcessWatch, type AgentProcessLook } from '../../src/agent/agent-process-watch.js';
import { knowProcess, type KnownProcess } from '../../src/process/check-process.js';
import { findBelow } from '../../src/process/find-below.js';
import { launch } from '../../src/runtime/launcher.js';
import type { Session } from '../../src/session/session.js';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const QUIET = { lastOutputAt: '2026-01-01T11:00:00.000Z', title: '', bell: false };

describe('the process of an agent below a shell', () => {
  const directory = new TemporaryDirectory();
  const agent = directory.file('claude');
  const started: ChildProcess[] = [];
  let watch: AgentProcessWatch;
  let commandsSeen = 0;

  const recognise = ([name = '']: readonly string[]): string | null => {
    commandsSeen += 1;
    return basename(name) === 'claude' ? 'claude-code' : null;
  };
  const start = (command: string[]): KnownProcess => {
    const [file = '', ...args] = command;
    const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    started.push(child);
    return knowProcess(child.pid!);
  };
  /** A shell that runs this line; `$0` is the agent. */
  const startShell = (line: string): KnownProcess => start(['sh', '-c', line, agent]);
  const look = (
    root: KnownProcess,
    session: Partial<Session> = {},
    signs: typeof QUIET | null = null,
  ): Promise<AgentProcessLook> => watch.look(makeSession(session), { root, signs, now: NOW });
  const find = (root: KnownProcess): Promise<Extract<AgentProcessLook, { type: 'found' }>> =>
    waitFor('the agent', async () => {
      const seen = await look(root);
      return seen.type === 'found' && seen;
    });
  const kill = (process_: KnownProcess): void => void process.kill(process_.pid, 'SIGKILL');
  const untilGone = (process_: KnownProcess, root: KnownProcess): Promise<AgentProcessLook> =>
    waitFor('its end', async () => {
      const seen = await look(root, { agentProcess: process_ });
      return seen.type !== 'running' && seen;
    });

  beforeAll(() => {
    copyFileSync('/bin/sleep', agent);
    chmodSync(agent, 0o755);
  });
  beforeEach(() => {
    watch = new AgentProcessWatch({ recognise });
    commandsSeen = 0;
  });
  afterEach(async () => {
    for (const child of started.splice(0)) await endTree(child.pid!);
  });
  afterAll(() => directory.remove());

  it('is found, and told from every other by its start', async () => {
    const root = startShell('"$0" 600; read -r _');
    const { agent: name, process: found } = await find(root);
    expect(name).toBe('claude-code');
    expect(found).toEqual(knowProcess(found.pid));
  });

  it('is followed by one look at itself, whatever else the shell has started', async () => {
    const root = startShell('sleep 600 & "$0" 600; read -r _');
    const { process: found } = await find(root);
    commandsSeen = 0;
    expect(await look(root, { agentProcess: found })).toMatchObject({ type: 'running', process: found });
    process.kill(found.pid, 'SIGSTOP');
    expect(await look(root, { agentProcess: found })).toMatchObject({ type: 'running' });
    expect(commandsSeen).toBe(0);
  });

  it('has ended when it is gone and the shell lives, also for who knows it from the record alone', async () => {
    const root = startShell('"$0" 600; read -r _');
    const { process: found } = await find(root);
    kill(found);
    expect(await untilGone(found, root)).toMatchObject({ type: 'ended' });
    watch = new AgentProcessWatch({ recognise });
    const recorded = JSON.parse(JSON.stringify(found)) as KnownProcess;
    expect(await look(root, { agentProcess: recorded })).toMatchObject({ type: 'ended' });
  });

  it('has not ended for all that is known, when the shell is gone too: that is for the runtime to say', async () => {
    const root = startShell('"$0" 600; read -r _');
    const { process: found } = await find(root);
    kill(found);
    kill(root);
    expect(await untilGone(found, root)).toMatchObject({ type: 'unknown' });
  });

  it('is another one where the shell has started the agent anew', async () => {
    const root = startShell('"$0" 600; "$0" 601; read -r _');
    const { process: first } = await find(root);
    kill(first);
    const next = await waitFor('the second one', async () => {
      const seen = await look(root, { agentProcess: first });
      return seen.type === 'found' && seen;
    });
    expect(next.process.pid).not.toBe(first.pid);
  });

  it('is found in the shell’s session where what had started it is gone', async () => {
    const root = startShell('(sh -c \'"$0" 600; :\' "$0" & wait); read -r _');
    const { process: found } = await find(root);
    const ended: KnownProcess = { ...found, startTime: '1' };
    const wrapper = knowProcess(parentOf(found.pid));
    kill(wrapper);
    await waitFor('another parent', () => parentOf(found.pid) !== wrapper.pid);
    expect(await look(root, { agentProcess: ended })).toMatchObject({ type: 'found', process: found });
  });

  it('is none where it is the very program that the runtime watches', async () => {
    const whole = start([agent, '600']);
    expect(await look(whole)).toEqual({ type: 'none' });
    const exitFile = directory.fresh('exit');
    const launcher = start(launch([agent, '600'], exitFile));
    await waitFor('the program', () => isThere(launcher));
    expect(await look(launcher)).toEqual({ type: 'none' });
    expect(existsSync(exitFile)).toBe(false);
  });

  it.each<[string, Partial<Session>, string]>([
    ['a pane that was adopted as a plain shell', { handle: { type: 'tmux', exitFile: null } }, 'left'],
    ['a session that is nothing but a shell', { command: ['/bin/bash', '--login', '-i'] }, 'left'],
    ['a session that runs it by a line of shell', { command: ['bash', '-lc', 'claude; bash'] }, 'ended'],
    [
      'a pane that was adopted with it',
      { agent: 'claude-code', handle: { type: 'tmux', exitFile: null } },
      'ended',
    ],
    ['a shell that was recorded with it', { agent: 'claude-code', command: ['bash'] }, 'ended'],
  ])('in %s, is a guest or the session’s own', async (_, session, end) => {
    const root = startShell('"$0" 600; read -r _');
    const found = await waitFor('the agent', async () => {
      const seen = await look(root, session);
      return seen.type === 'found' && seen;
    });
    kill(found.process);
    const recorded = { ...session, agent: found.agent, agentProcess: found.process };
    const seen = await waitFor('its end', async () => {
      const next = await look(root, recorded);
      return next.type !== 'running' && next;
    });
    expect(seen).toMatchObject(end === 'left' ? { type: 'left', agent: 'screen' } : { type: 'ended' });
  });

  it('is none below a shell that runs other things, however they end', async () => {
    const root = startShell('sleep 0; read -r _');
    expect(await look(root)).toEqual({ type: 'none' });
  });

  it('is searched for again only when something was printed', async () => {
    const root = startShell('read -r _; "$0" 600; read -r _');
    expect(await look(root, {}, QUIET)).toEqual({ type: 'none' });
    commandsSeen = 0;
    expect(await look(root, {}, QUIET)).toEqual({ type: 'none' });
    expect(commandsSeen).toBe(0);
    started[0]!.stdin!.write('go\n');
    await waitFor('the agent', () => isThere(root));
    const printed = { ...QUIET, lastOutputAt: '2026-01-01T11:59:59.000Z' };
    expect(await look(root, {}, printed)).toMatchObject({ type: 'found' });
  });

  /** Whether an agent runs below this process, for who has never looked. */
  function isThere(root: KnownProcess): boolean {
    return findBelow(root.pid, recognise) !== null;
  }

  it('lasts as it was found, until it ends', async () => {
    const root = startShell('"$0" 600; read -r _');
    const { process: found } = await find(root);
    const place = { root, signs: QUIET, now: NOW };
    const lasts = watch.lasting(makeSession({ agentProcess: found }), place);
    expect(lasts(place)).toBe(true);
    kill(found);
    await waitFor('its end', () => !lasts(place));
  });

  it('lasts as none until something is printed, another program is there, or the clock is set back', async () => {
    const root = startShell('sleep 600; read -r _');
    const place = { root, signs: QUIET, now: NOW };
    expect(watch.lasting(makeSession(), place)(place)).toBe(false);
    await watch.look(makeSession(), place);
    const lasts = watch.lasting(makeSession(), place);
    expect(lasts({ ...place, now: NOW + 60_000 })).toBe(true);
    expect(lasts({ ...place, signs: { ...QUIET, lastOutputAt: '2026-01-01T12:00:01.000Z' } })).toBe(false);
    expect(lasts({ ...place, root: { ...root, pid: 1 } })).toBe(false);
    expect(lasts({ ...place, now: NOW - 1 })).toBe(false);
  });
});
