import { execFileSync } from 'node:child_process';
import { mkdir, open, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { userLine } from '../../../fixtures/transcripts/claude-lines.js';
import { ClaudeCodeAgent } from '../../../src/agent/claude-code/claude-code.js';
import { messageOf } from '../../../src/session/message-of.js';
import { AgentFolders } from '../agent-folders.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';
const HEALTHY = 'c0ffee00-0000-4000-8000-000000000002';

let folders: AgentFolders;
let agent: ClaudeCodeAgent;
let path: string;

beforeEach(async () => {
  folders = new AgentFolders();
  await mkdir(folders.work);
  path = await folders.write(
    `.claude/projects/${folders.work.replace(/[^A-Za-z0-9]/g, '-')}/${UUID}.jsonl`,
    [],
  );
  await writeFile(join(dirname(path), `${HEALTHY}.jsonl`), `${userLine('Do it.')}\n`);
  agent = new ClaudeCodeAgent(folders);
});

afterEach(() => folders.home.remove());

const ask = (agentSession: string): Promise<string> =>
  folders.ask(agent, { id: agentSession.slice(-1), agentSession }).catch(messageOf);

const replace = async (make: () => Promise<unknown>): Promise<void> => {
  await rm(path);
  await make();
};

async function writeSparse(): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(1e9);
  await file.close();
}

describe('a transcript that can not be read', () => {
  it.each<[string, () => Promise<void>, RegExp]>([
    ['is empty', async () => {}, /is empty$/],
    [
      'is cut in the midst of its only line',
      () => writeFile(path, '{"type":"us'),
      /no whole line of .* can be read$/,
    ],
    ['is no JSON', () => writeFile(path, 'hello\n'), /no whole line of .* can be read$/],
    [
      'is no UTF-8',
      () => writeFile(path, Buffer.from([0xff, 0xfe, 0x00, 0x0a])),
      /no whole line of .* can be read$/,
    ],
    ['tells nothing', () => writeFile(path, '{"type":"mode"}\n'), /nothing in .* tells yet$/],
    ['has a billion bytes and no line', writeSparse, /no whole line of .* can be read$/],
    ['is a directory', () => replace(() => mkdir(path)), /it is no regular file$/],
    ['is a named pipe', () => replace(async () => execFileSync('mkfifo', [path])), /it is no regular file$/],
    ['is a link out of the folder', () => replace(() => symlink('/etc/hostname', path)), /a link out of/],
    ['is a link to itself', () => replace(() => symlink(path, path)), /ELOOP/],
  ])('and %s is unknown, with the reason; the others are unharmed', async (_, make, reason) => {
    await make();
    const [broken, healthy] = await Promise.all([ask(UUID), ask(HEALTHY)]);
    expect(broken).toMatch(reason);
    expect(healthy).toBe('active');
  });
});
