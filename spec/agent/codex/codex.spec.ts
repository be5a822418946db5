import { mkdir } from 'node:fs/promises';
import { eventLine, metaLine } from '../../../fixtures/transcripts/codex-lines.js';
import { CodexAgent } from '../../../src/agent/codex/codex.js';
import { after, AgentFolders } from '../agent-folders.js';

const ID = '019e5666-0000-7000-8000-000000000001';
const OTHER = '019e5666-0000-7000-8000-000000000002';

let folders: AgentFolders;
let agent: CodexAgent;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  agent = new CodexAgent(folders);
});

afterEach(() => folders.home.remove());

interface Rollout {
  id?: string;
  cwd?: string;
  startedAfter: number;
  lines?: string[];
  seconds?: number;
}

const rollout = ({
  id = ID,
  cwd = folders.work,
  startedAfter,
  lines = [eventLine('task_started')],
  seconds = 50,
}: Rollout) =>
  folders.write(
    `.codex/sessions/2026/03/01/rollout-2026-03-01T12-00-00-${id}.jsonl`,
    [metaLine({ id, cwd, startedAt: after(startedAfter) }), ...lines],
    seconds,
  );

const newSession = { agent: 'codex', command: ['codex'] };

describe("Codex's rollout", () => {
  it('is the one that began in its directory after it was started', async () => {
    await rollout({ id: OTHER, startedAfter: -60 });
    await rollout({ id: OTHER.replace(/2$/, '3'), cwd: '/srv/else', startedAfter: 1 });
    expect(await folders.ask(agent, newSession)).toMatch(/^no rollout in .* is surely its own yet$/);
    await rollout({ startedAfter: 1 });
    expect(await folders.ask(agent, newSession)).toBe('active');
  });

  it('is not guessed between two', async () => {
    await rollout({ startedAfter: 1 });
    await rollout({ id: OTHER, startedAfter: 2 });
    expect(await folders.ask(agent, newSession)).toMatch(/^2 rollouts in .* could be its own$/);
  });

  it('is the one that a command resumes, wherever it is', async () => {
    await rollout({
      startedAfter: -5000,
      cwd: '/srv/else',
      lines: [eventLine('task_started'), eventLine('task_complete', {}, after(50))],
    });
    expect(await folders.ask(agent, { command: ['codex', 'resume', ID] })).toBe('ready');
    expect(await folders.ask(agent, { command: ['codex', 'resume', OTHER] })).toMatch(/^no rollout of/);
  });

  it('was in the midst of nothing when it is resumed', async () => {
    await rollout({ startedAfter: -5000, lines: [eventLine('task_started', {}, after(-4000))] });
    expect(await folders.ask(agent, { command: ['codex', 'resume', ID] })).toMatch(/^nothing written since/);
  });

  it('may be older than the record of a program that ran already', async () => {
    await rollout({ startedAfter: -60 });
    expect(await folders.ask(agent, { ...newSession, handle: { type: 'fake', exitFile: null } })).toBe(
      'active',
    );
  });

  it('lies where CODEX_HOME says', async () => {
    await rollout({ startedAfter: 1 });
    const { clock } = folders;
    const env = { HOME: '/nowhere', CODEX_HOME: folders.home.file('.codex') };
    expect(await folders.ask(new CodexAgent({ clock, env }), newSession)).toBe('active');
  });
});

describe('two Codex sessions in one directory', () => {
  const first = { ...newSession, id: 'first', createdAt: after(0) };

  it('are kept apart by when they began', async () => {
    const second = { ...newSession, id: 'second', createdAt: after(60) };
    await rollout({ startedAfter: 1 });
    await rollout({
      id: OTHER,
      startedAfter: 61,
      lines: [eventLine('task_started'), eventLine('task_complete', {}, after(99))],
    });
    const [one, other] = await Promise.all([folders.ask(agent, first), folders.ask(agent, second)]);
    expect([one, other]).toEqual(['active', 'ready']);
  });

  it('are not taken for each other where that can not tell', async () => {
    const second = { ...newSession, id: 'second', createdAt: after(5) };
    await rollout({ startedAfter: 6 });
    const answers = await Promise.all([folders.ask(agent, first), folders.ask(agent, second)]);
    expect(answers.every((answer) => answer.includes('surely its own'))).toBe(true);
  });
});
