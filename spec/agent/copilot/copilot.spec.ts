import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { knowProcess } from '../../../src/process/check-process.js';
import { CopilotAgent } from '../../../src/agent/copilot/copilot.js';
import { recogniseAgent } from '../../../src/agent/recognise-agent.js';
import type { Session } from '../../../src/session/session.js';
import { after, AgentFolders } from '../agent-folders.js';

let folders: AgentFolders;
let agent: CopilotAgent;
let child: ChildProcess;

beforeEach(async () => {
  folders = new AgentFolders();
  agent = new CopilotAgent(folders);
  child = spawn('sleep', ['60']);
  await once(child, 'spawn');
});

afterEach(async () => {
  child.kill();
  await once(child, 'exit');
  folders.home.remove();
});

const event = (type: string): string =>
  JSON.stringify({ type, data: { content: 'Do it.' }, timestamp: after(90) });

/** A session of Copilot's that a process holds, or has held. */
const hold = async (
  id: string,
  pid: number,
  { lines, sinceS = 10 }: { lines: string[]; sinceS?: number },
) => {
  const folder = `.copilot/session-state/${id}`;
  await folders.write(`${folder}/events.jsonl`, lines);
  return folders.write(`${folder}/inuse.${pid}.lock`, [String(pid)], sinceS);
};

const of = (pid: number): Partial<Session> => ({ agentProcess: knowProcess(pid) });

describe("Copilot's session", () => {
  it('is the one that its own process, or one below it, holds', async () => {
    const pid = child.pid ?? 0;
    await hold('other', process.ppid, { lines: [event('user.message'), event('abort')] });
    await hold('own', pid, { lines: [event('user.message')] });
    expect(await folders.ask(agent, of(pid))).toBe('active');
    // The child is below this process.
    expect(await folders.ask(new CopilotAgent(folders), of(process.pid))).toBe('active');
  });

  it('is the one that it took last', async () => {
    const pid = child.pid ?? 0;
    await hold('first', pid, { lines: [event('user.message')] });
    await hold('second', pid, { lines: [event('user.message'), event('abort')], sinceS: 20 });
    expect(await folders.ask(agent, of(pid))).toBe('ready');
  });

  it('is another one once it let go of the first', async () => {
    const pid = child.pid ?? 0;
    const lock = await hold('first', pid, { lines: [event('user.message')] });
    expect(await folders.ask(agent, of(pid))).toBe('active');
    await rm(lock);
    await hold('second', pid, { lines: [event('user.message'), event('abort')] });
    folders.clock.set(after(102));
    expect(await folders.ask(agent, of(pid))).toBe('ready');
  });

  it('is not known where no process of its own holds one', async () => {
    await hold('other', process.ppid, { lines: [event('user.message')] });
    expect(await folders.ask(agent, of(child.pid ?? 0))).toMatch(/is held by process \d+$/);
  });
});

it('Copilot is recognised by its program and its package', () => {
  const recognised = ['copilot', '@github/copilot'].map((name) =>
    recogniseAgent(['npx', name], { copilot: agent }),
  );
  expect(recognised).toEqual(['copilot', 'copilot']);
});
