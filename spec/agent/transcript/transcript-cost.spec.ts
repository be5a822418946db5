import fs from 'node:fs/promises';
import { appendFile } from 'node:fs/promises';
import { proseLine, userLine } from '../../../fixtures/transcripts/claude-lines.js';
import { ClaudeCodeAgent } from '../../../src/agent/claude-code/claude-code.js';
import { after, AgentFolders } from '../agent-folders.js';

const COUNT = 100;
/** In some of them one session runs alone, in others two. */
const FOLDERS = 70;
const ACCESSES = ['lstat', 'stat', 'open', 'readdir', 'realpath', 'readFile'] as const;

let folders: AgentFolders;
let agent: ClaudeCodeAgent;
let paths: string[];

const workOf = (index: number): string => `${folders.work}-${index % FOLDERS}`;
const idOf = (index: number): string => `c0ffee00-0000-4000-8000-${String(index).padStart(12, '0')}`;

beforeEach(async () => {
  folders = new AgentFolders();
  agent = new ClaudeCodeAgent(folders);
  paths = await Promise.all(
    Array.from({ length: COUNT }, (_, index) =>
      folders.write(`.claude/projects/${workOf(index).replace(/[^A-Za-z0-9]/g, '-')}/${idOf(index)}.jsonl`, [
        userLine('Do it.'),
      ]),
    ),
  );
});

afterEach(() => folders.home.remove());

/** A pass over all sessions: what they do, and which accesses that took. */
async function pass(): Promise<{ activities: Set<string>; accesses: Record<string, number> }> {
  folders.clock.set(after(200 + passes));
  passes += 10;
  const spies = ACCESSES.map((name) => ({ name, spy: jest.spyOn(fs, name) }));
  const activities = await Promise.all(
    paths.map((_, index) =>
      folders.ask(
        agent,
        { id: `s${index}`, agentSession: idOf(index), workspacePath: workOf(index) },
        { lastOutputAt: after(60) },
      ),
    ),
  );
  const accesses = Object.fromEntries(spies.map(({ name, spy }) => [name, spy.mock.calls.length]));
  for (const { spy } of spies) spy.mockRestore();
  return { activities: new Set(activities), accesses };
}

let passes = 0;

describe('a pass over 100 transcripts', () => {
  it('that have not changed costs one lstat each, and one look at the notes on processes', async () => {
    expect((await pass()).activities).toEqual(new Set(['active']));
    const { activities, accesses } = await pass();
    expect(activities).toEqual(new Set(['active']));
    expect(accesses).toEqual({ lstat: COUNT, stat: 0, open: 0, readdir: 1, realpath: 0, readFile: 0 });
  });

  it('of which one has changed opens that one', async () => {
    await pass();
    await appendFile(paths[7] ?? '', `${proseLine('Done.', { at: after(240) })}\n`);
    const { activities, accesses } = await pass();
    expect(activities).toEqual(new Set(['active', 'ready']));
    expect(accesses).toMatchObject({ lstat: COUNT, open: 1 });
  });
});
