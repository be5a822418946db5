import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import {
  proseLine,
  toolResultLine,
  toolUseLine,
  userLine,
} from '../../../fixtures/transcripts/claude-lines.js';
import { waitFor } from '../../../fixtures/processes/wait-for.js';
import { ClaudeCodeAgent } from '../../../src/agent/claude-code/claude-code.js';
import { knowProcess } from '../../../src/process/check-process.js';
import { readProcess } from '../../../src/process/read-process.js';
import type { HookNote } from '../../../src/agent/hook-note.js';
import { after, AgentFolders } from '../agent-folders.js';
import { aView } from '../a-view.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';
const NEXT = 'c0ffee00-0000-4000-8000-000000000002';
const OTHER = 'c0ffee00-0000-4000-8000-000000000003';
const CLEAR = '<command-name>/clear</command-name>';

let folders: AgentFolders;
let agent: ClaudeCodeAgent;
let note: HookNote | null;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  note = null;
  const { clock, env } = folders;
  agent = new ClaudeCodeAgent({ clock, env, hooks: { latest: async () => note } });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folders.home.remove();
});

const transcript = (id: string, lines: string[], seconds = 50): Promise<string> =>
  folders.write(`.claude/projects/${folders.work.replace(/[^A-Za-z0-9]/g, '-')}/${id}.jsonl`, lines, seconds);

const status = (pid: number, fields: object, seconds = 50): Promise<string> =>
  folders.write(
    `.claude/sessions/${pid}.json`,
    [JSON.stringify({ pid, sessionId: UUID, cwd: folders.work, ...fields })],
    seconds,
  );

const own = { agentSession: UUID };

/** What is said of a session whose program is this process. */
async function askBelow(pid: number): Promise<string | null> {
  const view = { ...aView(null), process: () => knowProcess(pid) };
  const options = { signal: new AbortController().signal };
  return (await agent.detectActivity(folders.session(own), view, options)).activity;
}

/** Stops or continues a process, and waits until it is so. */
async function signal(pid: number, name: NodeJS.Signals, isStopped: boolean): Promise<void> {
  process.kill(pid, name);
  await waitFor(name, () => {
    const state = readProcess(pid);
    return state.type === 'running' && (state.isStopped === true) === isStopped;
  });
}

/** The pid of a process that does nothing, and has nothing below it. */
async function sleeper(env: Record<string, string> = {}): Promise<number> {
  const { PATH } = process.env;
  const child = spawn('sleep', ['60'], { env: { PATH, ...folders.env, ...env }, stdio: 'ignore' });
  await once(child, 'spawn');
  children.push(child);
  return child.pid ?? 0;
}

describe("Claude Code's hooks", () => {
  const permission = {
    event: 'PermissionRequest',
    activity: 'waiting_input',
    detail: 'PermissionRequest (Bash)',
  } as const;

  it('tell of a request for permission, until the transcript goes on', async () => {
    const lines = [userLine('Do it.', { at: after(10) })];
    await transcript(UUID, lines);
    note = { ...permission, at: after(20) };
    expect(await folders.ask(agent, own)).toBe('waiting_input');
    await transcript(
      UUID,
      [...lines, toolUseLine('Bash', 'c1', { at: after(19) }), toolResultLine('c1', { at: after(30) })],
      51,
    );
    expect(await folders.ask(agent, own)).toBe('active');
  });

  it('tell which conversation it is', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await transcript(NEXT, [proseLine('Done.', { at: after(90) })]);
    const at = after(20);
    note = { event: 'SessionStart', activity: null, detail: '', at, conversation: NEXT };
    expect(await folders.ask(agent, own)).toBe('ready');
  });

  it('say nothing of a session that began after they spoke', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    note = { ...permission, at: after(-10) };
    expect(await folders.ask(agent, own)).toBe('active');
  });
});

describe("Claude Code's note on its process", () => {
  it('tells what the transcript does not show', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await status(process.pid, {
      status: 'waiting',
      waitingFor: 'permission prompt',
      statusUpdatedAt: Date.parse(after(20)),
    });
    expect(await folders.ask(agent, own)).toBe('waiting_input');
  });

  it('can lag: a transcript that is newer wins', async () => {
    await transcript(UUID, [userLine('Do it.'), proseLine('Done.', { at: after(60) })]);
    await status(process.pid, { status: 'busy', statusUpdatedAt: Date.parse(after(20)) });
    expect(await folders.ask(agent, own)).toBe('ready');
  });

  it('counts for nothing when its process is gone', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await status(child.pid ?? 0, { status: 'waiting', statusUpdatedAt: Date.parse(after(20)) });
    expect(await folders.ask(agent, own)).toBe('active');
  });

  it.each([
    ['has no status, as in older versions', '{"pid":1,"sessionId":"x"}'],
    ['is half written', '{"pid":'],
  ])('says nothing when it %s', async (_, content) => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await folders.write(`.claude/sessions/${process.pid}.json`, [content]);
    expect(await folders.ask(agent, own)).toBe('active');
  });

  it('tells which conversation a program holds that was adopted', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await transcript(OTHER, [proseLine('Done.', { at: after(10) })]);
    await status(process.pid, {});
    expect(await folders.ask(agent, { command: ['claude'] })).toBe('active');
  });

  it('is that of its own process, where that is known', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await transcript(OTHER, [proseLine('Done.', { at: after(90) })]);
    const pid = await sleeper();
    await status(pid, { sessionId: OTHER });
    await status(process.pid, { sessionId: UUID });
    const mine = { command: ['claude'], agentProcess: knowProcess(pid) };
    expect(await folders.ask(agent, mine)).toBe('ready');
  });

  it('is that of the process below its program, also to one who looks for the first time after /clear', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await transcript(OTHER, [userLine('Do it.', { at: after(10) })]);
    await transcript(NEXT, [proseLine('Done.', { at: after(90) })]);
    await status(process.pid, { sessionId: NEXT }, 90);
    expect(await askBelow(process.ppid)).toBe('ready');
    expect(await askBelow(process.pid)).toBe('ready');
  });

  it("is none where all are of other programs' processes, though one names its conversation", async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await status(process.pid, { status: 'waiting', statusUpdatedAt: Date.parse(after(20)) });
    expect(await askBelow(await sleeper())).toBe('active');
  });

  it('is looked for in the folder that its process was given', async () => {
    const { work } = folders;
    const note = { pid: process.pid, sessionId: NEXT, cwd: work, status: 'waiting' };
    const pid = await sleeper({ CLAUDE_CONFIG_DIR: folders.home.file('other') });
    await folders.write(`other/sessions/${pid}.json`, [JSON.stringify({ ...note, pid })]);
    expect(await folders.ask(agent, { ...own, agentProcess: knowProcess(pid) })).toBe('waiting_input');
  });
});

describe('a stopped Claude Code', () => {
  it('is blocked until it is continued, whatever its note says', async () => {
    const pid = await sleeper();
    await status(pid, { status: 'busy', statusUpdatedAt: Date.parse(after(20)) });
    const ask = () => folders.ask(agent, { ...own, agentProcess: knowProcess(pid) });
    expect(await ask()).toBe('active');
    await signal(pid, 'SIGSTOP', true);
    expect(await ask()).toBe('blocked');
    await signal(pid, 'SIGCONT', false);
    expect(await ask()).toBe('active');
  });
});

describe('/clear, without a note', () => {
  it('goes on in the transcript that it began', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })], 10);
    await transcript(NEXT, [userLine(CLEAR, { at: after(20) }), proseLine('Done.', { at: after(90) })], 90);
    expect(await folders.ask(agent, own)).toBe('ready');
  });

  it('is not followed where the folder has a transcript of another one', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })], 10);
    await transcript(OTHER, [userLine('Do it.', { at: after(12) })], 12);
    await transcript(NEXT, [userLine(CLEAR, { at: after(20) }), proseLine('Done.', { at: after(90) })], 90);
    expect(await folders.ask(agent, own)).toBe('active');
  });

  it('is not followed where another session runs in the directory', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })], 10);
    await transcript(NEXT, [userLine(CLEAR, { at: after(20) }), proseLine('Done.', { at: after(90) })], 90);
    const other = folders.ask(agent, { id: 'other', agentSession: OTHER });
    expect(await folders.ask(agent, own)).toBe('active');
    await other;
  });

  it('is not taken for its own while its transcript goes on', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })], 40);
    await transcript(NEXT, [userLine(CLEAR, { at: after(20) }), proseLine('Done.', { at: after(30) })], 30);
    expect(await folders.ask(agent, own)).toBe('active');
  });
});

describe("Claude Code's screen", () => {
  const ask = async (screen: string) => {
    const view = aView({}, screen);
    const options = { signal: new AbortController().signal };
    return (await agent.detectActivity(folders.session(own), view, options)).activity;
  };

  it('shows an open dialog, while the transcript looks like work', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    expect(await ask('● Bash(rm -r build)\n')).toBe('active');
    expect(await ask('Do you want to proceed?\n ❯ 1. Yes\n   2. No\n')).toBe('waiting_input');
    expect(await ask('Do you want to proceed?\n   1. Yes\n ❯ 2. No\n')).toBe('waiting_input');
    expect(await ask(`❯ 1. Yes\n${'text\n'.repeat(20)}`)).toBe('active');
  });

  it('shows what was typed, which is no dialog', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    const typed = '❯ 1. Mend it.\n  2. Test it.\n● Reading…\n────\n❯ \n────\n';
    expect(await ask(`${typed}  ⏸ manual mode on · esc to interrupt\n`)).toBe('active');
    expect(await ask(`${typed}  ⏸ manual mode on · ? for shortcuts\n`)).toBe('ready');
  });
});

describe('what Claude Code is asked', () => {
  it('can be told source by source, each with what it says', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    const options = { signal: new AbortController().signal };
    const readings = await agent.explain(folders.session(own), aView({}), options);
    expect(readings.map(({ source, state }) => [source, state])).toEqual([
      ['hook', 'silent'],
      ['status_file', 'silent'],
      ['screen', 'silent'],
      ['bell', 'silent'],
      ['transcript', 'answered'],
    ]);
  });
});
