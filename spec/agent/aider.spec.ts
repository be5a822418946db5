import { mkdir } from 'node:fs/promises';
import { AiderAgent } from '../../src/agent/aider.js';
import { AgentFolders } from './agent-folders.js';
import { aView } from './a-view.js';

const PROMPTED = ['# aider chat started at 2026-03-01 12:00:00', '', '#### Do it.  '];
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

  it("is nobody's where several write it", async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    const answers = await Promise.all([folders.ask(agent, { id: 'one' }), folders.ask(agent, { id: 'two' })]);
    expect(answers.every((answer) => answer.startsWith('several sessions'))).toBe(true);
  });
});

describe('aider, from outside', () => {
  it('waits when it rings', async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    expect(await folders.ask(agent, {}, { bell: true })).toBe('waiting_input');
  });

  it('waits when its screen shows a question', async () => {
    await folders.write(`work/${HISTORY}`, PROMPTED);
    const screen = "Editing a.ts\nCreate new file? (Y)es/(N)o/(D)on't ask again [Yes]: \n";
    const view = { ...aView({}), capture: async () => screen };
    const options = { signal: new AbortController().signal };
    expect(await agent.detectActivity(folders.session(), view, options)).toMatchObject({
      activity: 'waiting_input',
      evidence: { source: 'screen' },
    });
  });
});
