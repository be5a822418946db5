import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import {
  proseLine,
  toolResultLine,
  toolUseLine,
  userLine,
} from '../../../fixtures/transcripts/claude-lines.js';
import { ClaudeCodeAgent } from '../../../src/agent/claude-code/claude-code.js';
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

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  note = null;
  const { clock, env } = folders;
  agent = new ClaudeCodeAgent({ clock, env, hooks: { latest: async () => note } });
});

afterEach(() => folders.home.remove());

const transcript = (id: string, lines: string[], seconds = 50): Promise<string> =>
  folders.write(`.claude/projects/${folders.work.replace(/[^A-Za-z0-9]/g, '-')}/${id}.jsonl`, lines, seconds);

const status = (pid: number, fields: object, seconds = 50): Promise<string> =>
  folders.write(
    `.claude/sessions/${pid}.json`,
    [JSON.stringify({ pid, sessionId: UUID, cwd: folders.work, ...fields })],
    seconds,
  );

const own = { agentSession: UUID };

/** So that the next look reads everything again. */
const passTime = (seconds: number): void => folders.clock.set(after(seconds));

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
    await status(process.pid, { sessionId: OTHER });
    await status(process.ppid, { sessionId: UUID });
    const unnamed = { host: '', bootId: '', pidNamespace: null, startTime: null };
    const mine = { command: ['claude'], agentProcess: { pid: process.pid, ...unnamed } };
    expect(await folders.ask(agent, mine)).toBe('ready');
  });

  it('follows its process over /clear', async () => {
    await transcript(UUID, [userLine('Do it.', { at: after(10) })]);
    await transcript(OTHER, [userLine('Do it.', { at: after(10) })]);
    await status(process.pid, {});
    expect(await folders.ask(agent, own)).toBe('active');
    await transcript(NEXT, [proseLine('Done.', { at: after(90) })]);
    await status(process.pid, { sessionId: NEXT }, 90);
    passTime(102);
    expect(await folders.ask(agent, own)).toBe('ready');
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
