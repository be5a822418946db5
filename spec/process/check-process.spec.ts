import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { checkProcess, knowProcess, type KnownProcess } from '../../src/process/check-process.js';
import { parseProcStat } from '../../src/process/read-process.js';
import { thisMachine } from '../../src/process/this-machine.js';

const identify = (pid: number | undefined): KnownProcess => knowProcess(pid!);

describe('the identity of a process', () => {
  it('calls a process alive while it runs, and dead once it was reaped', async () => {
    const child = spawn('sleep', ['60']);
    const identity = identify(child.pid);
    expect(checkProcess(identity)).toMatchObject({ state: 'alive' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(checkProcess(identity)).toMatchObject({ state: 'dead' });
  });

  it('calls a zombie dead', async () => {
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec tail -f /dev/null'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const identity = identify(Number(line.toString()));
    // A shell would reap its child; `tail` never does.
    await waitFor('exec', () => readFileSync(`/proc/${parent.pid!}/comm`, 'utf8') === 'tail\n');
    process.kill(identity.pid, 'SIGKILL');
    await waitFor('its end', () => checkProcess(identity).state !== 'alive');
    expect(checkProcess(identity)).toEqual({ state: 'dead', detail: `process ${identity.pid} is a zombie` });
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });

  it('calls a process dead when its pid belongs to another one', () => {
    const identity = { ...identify(process.pid), startTime: '1' };
    expect(checkProcess(identity)).toMatchObject({
      state: 'dead',
      detail: expect.stringContaining('another process') as string,
    });
  });

  it('calls a process of an earlier boot dead, and one of another machine or namespace unknown', () => {
    const identity = identify(process.pid);
    expect(checkProcess({ ...identity, bootId: 'earlier' }).state).toBe('dead');
    expect(checkProcess({ ...identity, host: 'elsewhere' }).state).toBe('unknown');
    expect(checkProcess({ ...identity, pidNamespace: 'pid:[1]' }).state).toBe('unknown');
  });

  it('takes the absence of a pid for proof, but not its presence, when the start was not caught', async () => {
    const child = spawn('sleep', ['60']);
    const known = { ...identify(child.pid), startTime: null };
    expect(checkProcess(known).state).toBe('unknown');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(checkProcess(known).state).toBe('dead');
  });

  it('reads a stat line whose name holds spaces and parentheses', () => {
    const fields = ['S', ...Array.from({ length: 18 }, (_, i) => String(i)), '4711', '0'];
    expect(parseProcStat(7, `7 (a) R (b) ${fields.join(' ')}`)).toEqual({
      type: 'running',
      startTime: '4711',
    });
    expect(parseProcStat(7, '7 (cut')).toMatchObject({ type: 'unknown' });
  });

  it('names this machine and this boot', () => {
    expect(thisMachine()).toEqual({
      host: expect.stringMatching(/./) as string,
      bootId: expect.stringMatching(/./) as string,
      pidNamespace: expect.stringMatching(/^pid:/) as string,
    });
  });
});
