import { appendFile, mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSession } from '../../../fixtures/sessions.js';
import {
  proseLine,
  toolResultLine,
  toolUseLine,
  userLine,
} from '../../../fixtures/transcripts/claude-lines.js';
import { ClaudeCodeAgent } from '../../../src/agent/claude-code/claude-code.js';
import { SourceError } from '../../../src/agent/source/source-error.js';
import type { Signs } from '../../../src/runtime/runtime.js';
import type { Session } from '../../../src/session/session.js';
import { aView } from '../a-view.js';
import { HandClock } from '../hand-clock.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';
const { signal } = new AbortController();

let configDir: string;
let path: string;
let clock: HandClock;
let agent: ClaudeCodeAgent;

const at = (time: string): string => `2026-03-01T${time}.000Z`;
const session = (fields: Partial<Session> = {}): Session =>
  makeSession({ agent: 'claude-code', agentSession: UUID, workspacePath: '/srv/shop', ...fields });

beforeEach(async () => {
  configDir = await mkdtemp(join(tmpdir(), 'claude-'));
  await mkdir(join(configDir, 'projects/-srv-shop'), { recursive: true });
  path = join(configDir, 'projects/-srv-shop', `${UUID}.jsonl`);
  clock = new HandClock(at('12:00:00'));
  agent = new ClaudeCodeAgent({ clock, configDir });
});

afterEach(() => rm(configDir, { recursive: true }));

const write = (...lines: string[]): Promise<void> =>
  appendFile(path, lines.map((line) => `${line}\n`).join(''));

async function look(time: string, signs: Partial<Signs> | null = null, fields: Partial<Session> = {}) {
  clock.set(at(time));
  return agent.detectActivity(session(fields), aView(signs), { signal });
}

describe('Claude Code, by its transcript', () => {
  it('follows a turn', async () => {
    await write(userLine('Do it.', { at: at('12:00:00') }));
    expect(await look('12:00:01')).toEqual({
      activity: 'active',
      evidence: {
        source: 'transcript',
        detail: `prompted at ${at('12:00:00')}`,
        observedAt: at('12:00:00'),
      },
    });
    await write(proseLine('Done.', { at: at('12:00:05') }));
    expect((await look('12:00:06')).activity).toBe('ready');
  });

  it('lets age turn ready into idle, and nothing else', async () => {
    await write(proseLine('Done.', { at: at('12:00:00') }));
    expect((await look('12:00:59')).activity).toBe('ready');
    expect((await look('12:01:00')).activity).toBe('idle');
    await write(userLine('More.', { at: at('12:02:00') }));
    expect((await look('15:00:00')).activity).toBe('active');
  });

  it('takes the age of a line without a time from its file', async () => {
    await write(JSON.stringify({ type: 'system', subtype: 'turn_duration' }));
    await utimes(path, Date.parse(at('12:00:00')) / 1000, Date.parse(at('12:00:00')) / 1000);
    expect((await look('12:00:59')).activity).toBe('ready');
    expect((await look('12:01:00')).activity).toBe('idle');
  });

  it('knows no activity before there is a transcript, and says where it looked', async () => {
    const { activity, evidence } = await look('12:00:00');
    expect(activity).toBeNull();
    expect(evidence).toMatchObject({
      source: 'transcript',
      detail: `no ${UUID}.jsonl in ${join(configDir, 'projects/-srv-shop')} yet`,
    });
  });

  it('knows no activity while nothing in the transcript tells', async () => {
    await write('{"type":"permission-mode"}');
    expect(await look('12:00:00')).toMatchObject({
      activity: null,
      evidence: { detail: `nothing in ${path} tells yet` },
    });
  });

  it('takes the conversation from the command where the record has none', async () => {
    await write(userLine('Do it.'));
    const fields = {
      agentSession: null,
      command: ['claude', '--session-id', UUID],
      createdAt: at('23:00:00'),
    };
    expect((await look('12:00:00', null, fields)).activity).toBe('active');
  });

  it('does not take what a resumed conversation was in the midst of for work', async () => {
    const resumed = { command: ['claude', '--resume', UUID], createdAt: at('12:00:00') };
    await write(toolUseLine('Bash', 'c1', { at: at('11:00:00') }));
    expect((await look('12:00:01', null, resumed)).activity).toBeNull();
    await write(userLine('Go on.', { at: at('12:00:02') }));
    expect((await look('12:00:03', null, resumed)).activity).toBe('active');
  });

  it('rejects when the transcript is there and cannot be read', async () => {
    await mkdir(path);
    await expect(look('12:00:00')).rejects.toThrow(SourceError);
  });

  it('follows a transcript that moves, and one that is gone', async () => {
    await write(userLine('Do it.'));
    expect((await look('12:00:00')).activity).toBe('active');
    await rm(path);
    expect((await look('12:00:01')).activity).toBeNull();
  });
});

describe('Claude Code, from look to look', () => {
  it('does not read a transcript again whose file has not changed', async () => {
    const writtenAt = new Date(at('11:59:59'));
    await write(userLine('Do it.'), proseLine('Done.'));
    await utimes(path, writtenAt, writtenAt);
    expect((await look('12:00:01')).activity).toBe('ready');
    const { size } = await stat(path);
    await writeFile(path, ' '.repeat(size));
    await utimes(path, writtenAt, writtenAt);
    expect((await look('12:00:02')).activity).toBe('ready');
    await write(userLine('More.'));
    await utimes(path, writtenAt, writtenAt);
    expect((await look('12:00:03')).activity).toBe('active');
  });

  it('reads another conversation when the record names another one', async () => {
    await write(userLine('Do it.'));
    expect((await look('12:00:01')).activity).toBe('active');
    expect((await look('12:00:02', null, { agentSession: UUID.replace(/1$/, '2') })).activity).toBeNull();
  });
});

describe('Claude Code, by the bell', () => {
  const bell = (lastOutputAt: string): Partial<Signs> => ({ bell: true, lastOutputAt: at(lastOutputAt) });
  const quiet = (lastOutputAt: string): Partial<Signs> => ({ lastOutputAt: at(lastOutputAt) });

  it('waits for input when it rings, whatever its transcript says', async () => {
    await write(userLine('Do it.'));
    await look('12:00:00', quiet('12:00:00'));
    expect(await look('12:00:10', bell('12:00:10'))).toMatchObject({
      activity: 'waiting_input',
      evidence: { source: 'bell' },
    });
  });

  it('waits though the screen moves, as long as the transcript does not', async () => {
    await write(userLine('Do it.'));
    await look('12:00:00', quiet('12:00:00'));
    await look('12:00:10', bell('12:00:10'));
    expect((await look('12:00:20', bell('12:00:19'))).activity).toBe('waiting_input');
  });

  it('is active once its transcript has gone on, and waits again when it falls silent', async () => {
    await write(userLine('Do it.'));
    await look('12:00:00', quiet('12:00:00'));
    await look('12:00:10', bell('12:00:10'));
    await write(toolUseLine('Bash', 'c1', { at: at('12:00:15') }));
    expect(await look('12:00:20', bell('12:00:20'))).toMatchObject({
      activity: 'active',
      evidence: { source: 'transcript' },
    });
    expect((await look('12:00:30', bell('12:00:20'))).activity).toBe('waiting_input');
    await write(toolResultLine('c1', { at: at('12:00:35') }), proseLine('Done.', { at: at('12:00:36') }));
    expect((await look('12:00:40', bell('12:00:36'))).activity).toBe('waiting_input');
    expect((await look('12:00:50', quiet('12:00:36'))).activity).toBe('ready');
  });

  it('reads one look wrong, and no more, for a session at work that it knows nothing of', async () => {
    await write(userLine('Do it.'));
    expect((await look('12:00:00', bell('12:00:00'))).activity).toBe('waiting_input');
    expect((await look('12:00:10', bell('12:00:10'))).activity).toBe('active');
  });
});

describe("Claude Code's folder", () => {
  it.each([
    [
      'is the one that CLAUDE_CONFIG_DIR names',
      (dir: string) => ({ CLAUDE_CONFIG_DIR: dir, HOME: '/nowhere' }),
    ],
    [
      'is .claude in the home otherwise',
      (dir: string) => ({ CLAUDE_CONFIG_DIR: '', HOME: join(dir, 'home') }),
    ],
  ])('%s', async (_, envOf) => {
    const env = envOf(configDir);
    const folder = env.CLAUDE_CONFIG_DIR === '' ? join(env.HOME, '.claude') : configDir;
    await mkdir(join(folder, 'projects/-srv-shop'), { recursive: true });
    await writeFile(join(folder, 'projects/-srv-shop', `${UUID}.jsonl`), `${userLine('Do it.')}\n`);
    agent = new ClaudeCodeAgent({ clock, env });
    expect((await look('12:00:00')).activity).toBe('active');
  });
});

describe('Claude Code as a command', () => {
  it('is recognised, and given a conversation to follow', () => {
    expect(agent.recognises(['claude'])).toBe(true);
    const { command, agentSession } = agent.prepare(['claude']);
    expect(command).toEqual(['claude', '--session-id', agentSession]);
  });
});
