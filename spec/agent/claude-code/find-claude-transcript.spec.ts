import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findClaudeTranscript,
  type TranscriptQuery,
} from '../../../src/agent/claude-code/find-claude-transcript.js';
import { TranscriptError } from '../../../src/agent/transcript/transcript-error.js';

const UUID = 'c0ffee00-0000-4000-8000-000000000001';
const OTHER = 'c0ffee00-0000-4000-8000-000000000002';
const BEGAN = Date.parse('2026-03-01T12:00:00Z');

let dir: string;
let projectsDir: string;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'claude-')));
  projectsDir = join(dir, 'projects');
});

afterEach(() => rm(dir, { recursive: true }));

async function write(folder: string, conversation: string, { ageMs = 0 } = {}): Promise<string> {
  await mkdir(join(projectsDir, folder), { recursive: true });
  const path = join(projectsDir, folder, `${conversation}.jsonl`);
  await writeFile(path, '{}\n');
  const seconds = (BEGAN - ageMs) / 1000;
  await utimes(path, seconds, seconds);
  return path;
}

const find = (query: Partial<TranscriptQuery>) =>
  findClaudeTranscript({
    root: dir,
    conversation: UUID,
    workspacePath: '/srv/my_app.v2',
    writtenSince: BEGAN,
    hasRivals: false,
    taken: new Set<string>(),
    ...query,
  });

describe('findClaudeTranscript, of a known conversation', () => {
  it('finds it in the folder that is named after the working directory', async () => {
    const path = await write('-srv-my-app-v2', UUID);
    expect(await find({})).toEqual({ path, root: dir });
  });

  it('finds it though the working directory is recorded by a link', async () => {
    const real = join(dir, 'real');
    await mkdir(real);
    await symlink(real, join(dir, 'link'));
    const path = await write(real.replace(/[^A-Za-z0-9]/g, '-'), UUID);
    expect(await find({ workspacePath: join(dir, 'link') })).toMatchObject({ path });
  });

  it('finds it in a folder whose name was too long and got a hash', async () => {
    const workspacePath = `/srv/${'long/'.repeat(60)}`;
    await write('-srv-short', UUID);
    expect(await find({ workspacePath })).toMatchObject({ path: null });
    const path = await write(`${workspacePath.replaceAll('/', '-').slice(0, 200)}-k3y5`, UUID);
    expect(await find({ workspacePath })).toMatchObject({ path });
  });

  it('finds it in any folder where the working directory is not known', async () => {
    const path = await write('-srv-anywhere', UUID);
    expect(await find({ workspacePath: null })).toMatchObject({ path });
  });

  it('says where it looked when there is none yet', async () => {
    await write('-srv-my-app-v2', OTHER);
    expect(await find({})).toEqual({
      path: null,
      detail: `no ${UUID}.jsonl in ${join(projectsDir, '-srv-my-app-v2')} yet`,
    });
    expect(await find({ workspacePath: null })).toEqual({
      path: null,
      detail: `no ${UUID}.jsonl in ${projectsDir} yet`,
    });
  });

  it('never leaves the folder for a name that is none', async () => {
    await write('-srv-my-app-v2', UUID);
    await write('.', UUID);
    expect(await find({ conversation: `../${UUID}` })).toMatchObject({ path: null });
  });

  it('rejects what is there and cannot be read', async () => {
    await mkdir(projectsDir);
    const loop = join(projectsDir, '-srv-my-app-v2');
    await symlink(loop, loop);
    const error: unknown = await find({}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TranscriptError);
    expect(error).toMatchObject({ path: join(loop, `${UUID}.jsonl`), cause: { code: 'ELOOP' } });
  });
});

describe('findClaudeTranscript, of an unknown conversation', () => {
  const conversation = null;

  it('takes the only one that was written since the session began', async () => {
    await write('-srv-my-app-v2', OTHER, { ageMs: 1 });
    const path = await write('-srv-my-app-v2', UUID);
    expect(await find({ conversation })).toMatchObject({ path });
  });

  it('cannot tell between two', async () => {
    await write('-srv-my-app-v2', UUID);
    await write('-srv-my-app-v2', OTHER);
    expect(await find({ conversation })).toEqual({
      path: null,
      detail: `2 transcripts in ${join(projectsDir, '-srv-my-app-v2')} could be its own`,
    });
  });

  it('leaves alone what another session holds', async () => {
    const path = await write('-srv-my-app-v2', UUID);
    await write('-srv-my-app-v2', OTHER);
    expect(await find({ conversation, taken: new Set([OTHER]) })).toMatchObject({ path });
  });

  it('does not guess where another session could own it', async () => {
    await write('-srv-my-app-v2', UUID);
    expect(await find({ conversation, hasRivals: true })).toMatchObject({ path: null });
  });

  it('takes none that is older than the session', async () => {
    await write('-srv-my-app-v2', OTHER, { ageMs: 1 });
    expect(await find({ conversation })).toMatchObject({ path: null });
  });

  it('does not guess where the folder is not known either', async () => {
    await write('-srv-anywhere', UUID);
    expect(await find({ conversation, workspacePath: null })).toEqual({
      path: null,
      detail: 'neither its conversation nor its folder is known',
    });
  });
});
