import { mkdir } from 'node:fs/promises';
import { eventLine, metaLine } from '../../../fixtures/transcripts/codex-lines.js';
import { CodexAgent } from '../../../src/agent/codex/codex.js';
import type { Session } from '../../../src/session/session.js';
import { aView } from '../a-view.js';
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

/** A screen with these prompts above its box. */
const talk = (...prompts: string[]): string =>
  [
    '  >_ OpenAI Codex (v0.171.0)',
    ...prompts.flatMap((prompt) => [`\x1b[1;2m› \x1b[0m${prompt}`, '', '• Done.', '']),
    '\x1b[1m›\x1b[0m \x1b[2mAsk Codex to do anything\x1b[0m',
    '',
    '  gpt-5.2-codex default · /srv',
  ].join('\n');

const asked = (text: string): string =>
  eventLine(
    'item_completed',
    { item: { type: 'UserMessage', content: [{ type: 'text', text }] } },
    after(40),
  );

describe('the conversation that a screen shows', () => {
  const options = { signal: new AbortController().signal };
  const explain = async (screen: string, fields: Partial<Session> = {}) => {
    const session = folders.session({ ...newSession, ...fields });
    const said = await agent.explain(session, aView({ title: '' }, screen), options);
    const { activity, detail } = said.find(({ source }) => source === 'transcript') ?? {};
    return activity ?? detail;
  };
  const answered = eventLine('task_complete', { last_agent_message: 'Shall I go on?' }, after(45));

  it('is the one with its last prompts, of several in one directory', async () => {
    await rollout({ startedAfter: 1, lines: [asked('do it'), asked('test it'), answered] });
    await rollout({
      id: OTHER,
      startedAfter: 2,
      lines: [eventLine('task_started', {}, after(39)), asked('do it'), asked('mend it')],
    });
    expect(await explain(talk('do it', 'test it'))).toBe('waiting_input');
    expect(await explain(talk('do it', 'mend   it'), { id: 'other' })).toBe('active');
  });

  it('is not guessed where several have the same', async () => {
    await rollout({ startedAfter: 1, lines: [asked('do it')] });
    await rollout({ id: OTHER, startedAfter: 2, lines: [asked('do it')] });
    expect(await explain(talk('do it'))).toMatch(/^2 rollouts in .* could be its own$/);
  });

  it('outweighs what a hook or a command named', async () => {
    await rollout({ startedAfter: 1, lines: [asked('do it'), answered] });
    await rollout({
      id: OTHER,
      startedAfter: 2,
      lines: [eventLine('task_started', {}, after(39)), asked('mend it')],
    });
    expect(await explain(talk('mend it'), { agentSession: ID })).toBe('active');
  });

  it('has none while nothing was asked in it, whichever was before', async () => {
    await rollout({ startedAfter: 1, lines: [asked('do it'), answered] });
    expect(await explain(talk('do it'))).toBe('waiting_input');
    expect(await explain(talk())).toMatch(/^nothing was asked yet/);
  });

  it('is still the last one known where a prompt is not written yet', async () => {
    await rollout({ startedAfter: 1, lines: [asked('do it'), answered] });
    expect(await explain(talk('do it'))).toBe('waiting_input');
    expect(await explain(talk('do it', 'and then this'))).toBe('waiting_input');
  });
});

describe("Codex's title", () => {
  const options = { signal: new AbortController().signal };
  const explain = async (title: string, fields: Partial<Session> = {}, screen = talk()) => {
    const session = folders.session({ ...newSession, ...fields });
    const said = await agent.explain(session, aView({ title }, screen), options);
    return said.find(({ source }) => source === 'title')?.activity ?? null;
  };
  const configure = (...lines: string[]) => folders.write('.codex/config.toml', lines);

  it('proves rest where it is its own and bears no sign', async () => {
    expect(await explain('mend it | work')).toBe('ready');
    expect(await explain('work')).toBe('ready');
    expect(await explain('⠹ mend it | work')).toBe('active');
    expect(await explain('[ ! ] Action Required | mend it | work')).toBe('waiting_input');
  });

  it('proves nothing where it may be of another program, or its box is not there', async () => {
    expect(await explain('bash')).toBeNull();
    expect(await explain('work', {}, 'Loading')).toBeNull();
  });

  it.each([
    'terminal_title = ["project"]',
    'terminal_title = []',
    'tui.terminal_title = []',
    'animations = false',
  ])('proves nothing with %s', async (line) => {
    await configure('[tui]', line);
    expect(await explain('work')).toBeNull();
  });

  it('proves nothing where the command sets it', async () => {
    expect(await explain('work', { command: ['codex', '-c', 'tui.terminal_title=[]'] })).toBeNull();
  });

  it('proves rest where its settings name the spinner', async () => {
    await configure(
      '# terminal_title = []',
      '[tui]',
      'terminal_title = [',
      '  "activity",',
      '  "project",',
      ']',
    );
    expect(await explain('work')).toBe('ready');
  });

  it('says the state in a word where its settings want that', async () => {
    await configure('tui = { terminal_title = ["run-state", "thread-title"] }');
    expect(await explain('Ready | mend it')).toBe('ready');
    expect(await explain('Working | mend it')).toBe('active');
    expect(await explain('mend it')).toBeNull();
  });
});
