import { mkdir } from 'node:fs/promises';
import { PiAgent } from '../../../src/agent/pi/pi.js';
import { after, AgentFolders } from '../agent-folders.js';

let folders: AgentFolders;
let agent: PiAgent;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  agent = new PiAgent(folders);
});

afterEach(() => folders.home.remove());

const conversation = (name: string, { startedAfter = 1, writtenAfter = 50, stopReason = 'toolUse' } = {}) => {
  const folder = `--${folders.work.slice(1).replaceAll('/', '-')}--`;
  const message = { role: 'assistant', content: [{ type: 'text', text: 'So.' }], stopReason };
  const lines = [
    { type: 'session', version: 3, id: name, timestamp: after(startedAfter) },
    { type: 'message', timestamp: after(writtenAfter), message },
  ];
  return folders.write(
    `.pi/agent/sessions/${folder}/${name}.jsonl`,
    lines.map((line) => JSON.stringify(line)),
    writtenAfter,
  );
};

describe("pi's session", () => {
  it('is the one that was begun in its directory after it was started', async () => {
    await conversation('old', { startedAfter: -60, writtenAfter: -50 });
    expect(await folders.ask(agent)).toMatch(/surely its own yet$/);
    await conversation('new');
    expect(await folders.ask(agent)).toBe('active');
  });

  it('is the last one, where another was begun since', async () => {
    await conversation('first');
    await conversation('second', { startedAfter: 20, stopReason: 'stop' });
    expect(await folders.ask(agent)).toBe('ready');
  });

  it('is an older one that it goes on with', async () => {
    await conversation('old', { startedAfter: -60, writtenAfter: 10 });
    expect(await folders.ask(agent)).toMatch(/surely its own yet$/);
    expect(await folders.ask(agent, { command: ['pi', '--continue'] })).toBe('active');
  });

  it('is nobody else’s in the same directory', async () => {
    await conversation('one');
    const other = { id: 'other', createdAt: after(-2) };
    await folders.ask(agent, other);
    expect(await folders.ask(agent)).toMatch(/surely its own yet$/);
  });
});
