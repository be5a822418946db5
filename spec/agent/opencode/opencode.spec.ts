import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpencodeAgent } from '../../../src/agent/opencode/opencode.js';
import { opencodeUrl } from '../../../src/agent/opencode/opencode-command.js';
import { after, AgentFolders } from '../agent-folders.js';

const ID = 'ses_one';

let folders: AgentFolders;
let agent: OpencodeAgent;
let server: Server;
let answers: Record<string, unknown>;
let asked: string[];

beforeEach(async () => {
  folders = new AgentFolders();
  agent = new OpencodeAgent(folders);
  asked = [];
  answers = {
    '/session': [aSession(ID)],
    '/permission': [],
    '/question': [],
    '/session/status': {},
    [`/session/${ID}/message`]: [],
  };
  server = createServer(({ url = '' }, response) => {
    const path = url.split('?')[0] ?? '';
    asked.push(path);
    response.statusCode = Object.hasOwn(answers, path) ? 200 : 404;
    response.end(JSON.stringify(answers[path] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  folders.home.remove();
});

const aSession = (id: string, { parentID, seconds = 50 }: { parentID?: string; seconds?: number } = {}) => ({
  id,
  directory: folders.work,
  time: { updated: Date.parse(after(seconds)) },
  ...(parentID !== undefined && { parentID }),
});

const ask = (): Promise<string> => {
  const { port } = server.address() as AddressInfo;
  return folders.ask(agent, { agent: 'opencode', command: ['opencode', '--port', String(port)] });
};

describe("opencode's server", () => {
  it('says whether its session is busy', async () => {
    answers['/session/status'] = { [ID]: { type: 'busy' } };
    expect(await ask()).toBe('active');
    answers['/session/status'] = { [ID]: { type: 'retry', attempt: 2 } };
    expect(await ask()).toBe('active');
    answers['/session/status'] = {};
    expect(await ask()).toBe('ready');
    answers['/session'] = [aSession(ID, { seconds: 10 })];
    expect(await ask()).toBe('idle');
  });

  it('says when it waits for leave, or for an answer', async () => {
    answers['/session/status'] = { [ID]: { type: 'busy' } };
    answers['/permission'] = [{ id: 'per_1', sessionID: ID }];
    expect(await ask()).toBe('waiting_input');
    answers['/permission'] = [{ id: 'per_1', sessionID: 'ses_other' }];
    expect(await ask()).toBe('active');
    answers['/question'] = [{ id: 'que_1', sessionID: ID }];
    expect(await ask()).toBe('waiting_input');
  });

  it('counts what its subagents do', async () => {
    answers['/session'] = [aSession(ID), aSession('ses_child', { parentID: ID })];
    answers['/session/status'] = { ses_child: { type: 'busy' } };
    expect(await ask()).toBe('active');
  });

  it('says how its turn ended', async () => {
    answers[`/session/${ID}/message`] = [
      { info: { role: 'user' }, parts: [{ type: 'text', text: 'Do it.' }] },
      {
        info: { role: 'assistant' },
        parts: [
          { type: 'text', text: 'Which one?' },
          { type: 'step-finish', reason: 'stop' },
        ],
      },
    ];
    expect(await ask()).toBe('waiting_input');
  });

  it('is not guessed to mean one of two sessions', async () => {
    answers['/session'] = [aSession(ID), aSession('ses_two')];
    answers['/session/status'] = { [ID]: { type: 'busy' } };
    const readings = await agent.explain(
      folders.session({ command: ['opencode', '--port', String((server.address() as AddressInfo).port)] }),
      {
        liveness: () => ({ state: 'alive', evidence: { source: 'fake', detail: '', observedAt: after(0) } }),
      },
      { signal: new AbortController().signal },
    );
    expect(readings.find(({ source }) => source === 'server')).toMatchObject({
      state: 'silent',
      detail: '2 of its sessions could be this one',
    });
  });

  it('fails when it is gone, or answers something else', async () => {
    answers['/session'] = { not: 'a list' };
    await expect(ask()).rejects.toThrow(/can't be asked/);
    delete answers['/session'];
    await expect(ask()).rejects.toThrow('it answered 404 to /session');
  });
});

describe('where opencode listens', () => {
  it.each([
    [['opencode', '--port', '4097'], 'http://127.0.0.1:4097/'],
    [['opencode', '--port=4097', '-c'], 'http://127.0.0.1:4097/'],
    [['opencode', 'serve'], 'http://127.0.0.1:4096/'],
    [['opencode', 'attach', 'http://localhost:5000'], 'http://localhost:5000/'],
    [['opencode', 'attach', 'http://example.com:5000'], undefined],
    [['opencode', '--port', '0'], undefined],
    [['opencode'], undefined],
  ])('by %j is %s', (command, url) => {
    expect(opencodeUrl(command)?.href).toBe(url);
  });
});

describe('opencode without a server', () => {
  it('is known by its output alone', async () => {
    expect(await folders.ask(agent, { command: ['opencode'] }, { lastOutputAt: after(99) })).toBe('active');
    expect(await folders.ask(agent, { command: ['opencode'] })).toMatch(
      /nobody knows|shows nothing of its screen/,
    );
    expect(asked).toEqual([]);
  });
});
