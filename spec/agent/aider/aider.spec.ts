import { mkdir } from 'node:fs/promises';
import { AiderAgent } from '../../../src/agent/aider/aider.js';
import type { Session } from '../../../src/session/session.js';
import { after, AgentFolders } from '../agent-folders.js';
import { aView } from '../a-view.js';

const PROMPTED = ['# aider chat started at 2026-03-01 12:00:00', '', '#### Do it.  '];
const TOKENS = '> Tokens: 2.5k sent, 16 received.  ';
const STARTED = PROMPTED.slice(0, 2);
const ANSWERED = [...PROMPTED, 'Done.', TOKENS];
const HISTORY = '.aider.chat.history.md';

let folders: AgentFolders;
let agent: AiderAgent;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(`${folders.work}/deep`, { recursive: true });
  agent = new AiderAgent(folders);
});

afterEach(() => folders.home.remove());

describe("aider's history", () => {
  it('lies in the workspace, or at the top of its repository', async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    expect(await folders.ask(agent)).toBe('active');
    const deep = { id: 'deep', workspacePath: `${folders.work}/deep` };
    expect(await folders.ask(agent, deep)).toMatch(/^no .*deep.* yet$/);
    await mkdir(`${folders.work}/.git`);
    expect(await folders.ask(agent, deep)).toBe('active');
  });

  it('is the file that its command names', async () => {
    await folders.write('work/chat.md', PROMPTED);
    expect(await folders.ask(agent, { command: ['aider', '--chat-history-file', 'chat.md'] })).toBe('active');
    expect(
      await folders.ask(agent, { id: 'two', command: ['aider', '--chat-history-file=none.md'] }),
    ).toMatch(/^no .*none/);
  });

  it('is not its own before it was written to', async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED, -10);
    expect(await folders.ask(agent)).toMatch(/^nothing was written to/);
  });

  it('is not its own where an earlier session of the same name wrote it', async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    expect(await folders.ask(agent)).toBe('active');
    folders.clock.set(after(200));
    expect(await folders.ask(agent, { createdAt: after(150) })).toMatch(/^nothing was written to/);
  });

  it("is nobody's where several write it", async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    const answers = await Promise.all([folders.ask(agent, { id: 'one' }), folders.ask(agent, { id: 'two' })]);
    expect(answers.every((answer) => answer.startsWith('several sessions'))).toBe(true);
  });
});

it('is asked about at each pass, unless its command names a history: another one may begin in its directory', async () => {
  await folders.write(`work/${HISTORY}`, ANSWERED);
  await folders.write('work/chat.md', ANSWERED);
  const view = aView({ lastOutputAt: after(50) }, '> ');
  const options = { signal: new AbortController().signal };
  const ask = (fields: Partial<Session>) => agent.detectActivity(folders.session(fields), view, options);
  const named = await ask({ command: ['aider', '--chat-history-file', 'chat.md'] });
  const unnamed = await ask({ command: ['aider'] });
  expect([unnamed.activity, unnamed.holds]).toEqual(['ready', undefined]);
  expect([named.activity, named.holds?.(view)]).toEqual(['ready', true]);
});

describe('aider, from outside', () => {
  it('waits when it rings', async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    expect(await folders.ask(agent, {}, { bell: true })).toBe('waiting_input');
  });

  const look = async (screen: string) => {
    const view = aView({}, screen);
    const options = { signal: new AbortController().signal };
    const { activity, evidence } = await agent.detectActivity(folders.session(), view, options);
    return [evidence.source, activity];
  };

  it('waits when its screen shows a question, also at its start and after an answer', async () => {
    const question = "Editing a.ts\nCreate new file? (Y)es/(N)o/(D)on't ask again [Yes]: \n";
    for (const lines of [PROMPTED, STARTED, ANSWERED]) {
      await folders.write(`work/${HISTORY}`, lines);
      expect(await look(question)).toEqual(['screen', 'waiting_input']);
    }
    expect(await look(`${question}a.ts\nApplied edit to a.ts\n`)).toEqual(['transcript', 'ready']);
  });

  it('is ready when its screen shows an empty prompt, however short ago it answered', async () => {
    await folders.write(`work/${HISTORY}`, ANSWERED, 99);
    expect(await look('Done.\n')).toEqual(['transcript', 'active']);
    for (const prompt of ['>', 'ask> ', 'ask multi> ', 'multi> '])
      expect(await look(`Done.\n────\na.ts\n${prompt}\n`)).toEqual(['screen', 'ready']);
    await folders.write(`work/${HISTORY}`, PROMPTED, 99);
    expect(await look('────\n> Do it.\n')).toEqual(['transcript', 'active']);
  });

  it('waits at its prompt when it answered with a question', async () => {
    await folders.write(`work/${HISTORY}`, [...PROMPTED, 'Which?', TOKENS]);
    expect(await look('Which?\n>\n')).toEqual(['transcript', 'waiting_input']);
  });
});
