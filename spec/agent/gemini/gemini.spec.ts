import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { headerLine, promptLine, recordLine } from '../../../fixtures/transcripts/gemini-lines.js';
import { GeminiAgent } from '../../../src/agent/gemini/gemini.js';
import { aView } from '../a-view.js';
import { after, AgentFolders } from '../agent-folders.js';

let folders: AgentFolders;
let agent: GeminiAgent;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  agent = new GeminiAgent(folders);
});

afterEach(() => folders.home.remove());

const chat = (
  name: string,
  { cwd = folders.work, startedAfter = 1, lines = [promptLine('Do it.')] } = {},
) => {
  const projectHash = createHash('sha256').update(cwd).digest('hex');
  const header = headerLine({ sessionId: name, projectHash, startTime: after(startedAfter) });
  return folders.write(`.gemini/tmp/work/chats/session-${name}.jsonl`, [header, ...lines]);
};

describe("Gemini's title", () => {
  it.each([
    ['◇  Ready (work)', 'ready'],
    ['✦  Reading the tests (work)', 'active'],
    ['⏲  Working… (work)', 'active'],
    ['✋  Action Required (work)', 'waiting_input'],
  ])('%j is its state, whatever its chat says', async (title, activity) => {
    await chat('one', { lines: [promptLine('Do it.', { at: after(99) })] });
    expect(await folders.ask(agent, {}, { title })).toBe(activity);
  });

  it('is idle once nothing was printed for a minute', async () => {
    expect(await folders.ask(agent, {}, { title: '◇  Ready', lastOutputAt: after(41) })).toBe('ready');
    expect(await folders.ask(agent, {}, { title: '◇  Ready', lastOutputAt: after(40) })).toBe('idle');
  });

  it('yields to a screen that shows that the work was cancelled', async () => {
    const ask = async (...rows: string[]): Promise<string | null> => {
      const box = [
        '? for shortcuts',
        '─'.repeat(60),
        ' >   Type your message or @path/to/file',
        ' workspace',
      ];
      const view = aView({ title: '✦  Working… (work)' }, [...rows, ...box].join('\n'));
      const options = { signal: new AbortController().signal };
      return (await agent.detectActivity(folders.session({}), view, options)).activity;
    };
    expect(await ask('  word 1', 'ℹ Request cancelled.')).toBe('ready');
    expect(await ask('ℹ Request cancelled.', ' > go on', ' ⠋ Thinking... (esc to cancel, 0s)')).toBe(
      'active',
    );
    expect(await ask('  word 1')).toBe('active');
  });

  it('of another kind says nothing', async () => {
    await chat('one');
    expect(await folders.ask(agent, {}, { title: 'Gemini CLI (work)' })).toBe('active');
  });

  it('only says that a turn is over, and the chat how it ended', async () => {
    await chat('one', { lines: [promptLine('Do it.'), recordLine('gemini', 'Which one?')] });
    expect(await folders.ask(agent, {}, { title: '◇  Ready' })).toBe('waiting_input');
  });
});

describe("Gemini's chat", () => {
  it('is the one that began in its directory after it was started', async () => {
    await chat('old', { startedAfter: -60 });
    await chat('else', { cwd: '/srv/else' });
    expect(await folders.ask(agent)).toMatch(/surely its own yet$/);
    await chat('new');
    expect(await folders.ask(agent)).toBe('active');
    await chat('newer', { startedAfter: 2 });
    expect(await folders.ask(new GeminiAgent(folders))).toMatch(/^2 chats below .* could be its own$/);
  });

  it('is the one of its session where that is known', async () => {
    await chat('old', { startedAfter: -60, lines: [recordLine('gemini', 'Done.', { at: after(90) })] });
    await chat('new');
    expect(await folders.ask(agent, { agentSession: 'old' })).toBe('ready');
  });
});
