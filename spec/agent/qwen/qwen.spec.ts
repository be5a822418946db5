import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { QwenAgent } from '../../../src/agent/qwen/qwen.js';
import { knowProcess } from '../../../src/process/check-process.js';
import type { Session } from '../../../src/session/session.js';
import { after, AgentFolders } from '../agent-folders.js';

const FIRST = '00000000-0000-4000-8000-000000000001';
const SECOND = '00000000-0000-4000-8000-000000000002';

let folders: AgentFolders;
let agent: QwenAgent;
let child: ChildProcess;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  agent = new QwenAgent(folders);
  child = spawn('sleep', ['60']);
  await once(child, 'spawn');
});

afterEach(async () => {
  child.kill();
  await once(child, 'exit');
  folders.home.remove();
});

const user = { type: 'user', message: { parts: [{ text: 'Do it.' }] } };
const answer = (text: string) => ({ type: 'assistant', message: { parts: [{ text }] } });
const call = { type: 'assistant', message: { parts: [{ functionCall: { name: 'run_shell_command' } }] } };
const result = (status: string) => ({ type: 'tool_result', toolCallResult: { status } });
const failure = {
  type: 'system',
  systemPayload: { uiEvent: { 'event.name': 'qwen-code.api_error', error_message: '400' } },
};

/** A chat, and the note on the process that has it. */
const chat = async (id: string, pid: number, lines: object[], startedS = 10) => {
  const dir = `.qwen/projects/${folders.work.replace(/[^a-zA-Z0-9]/g, '-')}/chats`;
  await folders.write(
    `${dir}/${id}.jsonl`,
    lines.map((line) => JSON.stringify({ ...line, timestamp: after(90) })),
  );
  await folders.write(`${dir}/${id}.runtime.json`, [
    JSON.stringify({ pid, session_id: id, started_at: startedS }, null, 2),
  ]);
};

const of = (pid: number): Partial<Session> => ({ agentProcess: knowProcess(pid) });

describe("Qwen Code's chat", () => {
  it('is the one that its own process, or one below it, has', async () => {
    const pid = child.pid ?? 0;
    await chat(FIRST, process.ppid, [answer('So.')]);
    await chat(SECOND, pid, [user]);
    expect(await folders.ask(agent, of(pid))).toBe('active');
    expect(await folders.ask(new QwenAgent(folders), of(process.pid))).toBe('active');
  });

  it('is the one that was begun last', async () => {
    const pid = child.pid ?? 0;
    await chat(FIRST, pid, [user]);
    await chat(SECOND, pid, [answer('So.')], 20);
    expect(await folders.ask(agent, of(pid))).toBe('ready');
  });

  it('is not known where no process of its own has one', async () => {
    await chat(FIRST, process.ppid, [user]);
    expect(await folders.ask(agent, of(child.pid ?? 0))).toMatch(/is that of process \d+$/);
  });

  it.each([
    ['active', [user, call]],
    ['active', [user, call, result('success')]],
    ['ready', [user, call, result('cancelled')]],
    ['ready', [user, answer('It is done.')]],
    ['waiting_input', [user, answer('Which one do you want?')]],
    ['ready', [user, failure]],
  ])('says %s by its last lines, %#', async (activity, lines) => {
    await chat(FIRST, child.pid ?? 0, lines);
    expect(await folders.ask(agent, of(child.pid ?? 0))).toBe(activity);
  });
});
