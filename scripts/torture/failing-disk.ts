import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LifecycleEvent } from '../../index.js';
import { makeSession } from '../../fixtures/sessions.js';
import { knowProcess } from '../../src/process/check-process.js';
import { messageOf } from '../../src/session/message-of.js';
import { SessionManager } from '../../src/store/session-manager.js';
import type { Trial } from './trial.js';

const VITALS = fileURLToPath(new URL('../../bin/main.js', import.meta.url));
const SESSIONS = 3;

const NO_FAULT = 'fsync:error=EIO:when=65535';

const RENAME = '?rename,?renameat,?renameat2';

/** What fails: each such call, or the one of that number; and only on this path, as seen from the home, if there is one. */
interface Fault {
  inject: string;
  path?: string;
  /** Whether it fails each save of a record, so that no change may be told. */
  failsAll?: boolean;
}

const RECORDS = 'sessions/default';

/** What fails every save; and one call after the other, whatever it is for. strace counts for each thread: there is one. */
const listFaults = (isShort: boolean): Fault[] => [
  { inject: 'fsync:error=EIO', path: RECORDS, failsAll: true },
  { inject: `${RENAME}:error=ENOSPC`, failsAll: true },
  ...Array.from({ length: isShort ? 0 : 14 }, (_, index) => [
    { inject: `fsync:error=EIO:when=${index + 1}` },
    { inject: `${RENAME}:error=ENOSPC:when=${index + 1}` },
  ]).flat(),
  ...(isShort
    ? []
    : [{ inject: 'fsync:error=EIO:when=3+' }, { inject: `${RENAME}:error=EROFS`, failsAll: true }]),
];

/** The loop and `kill` run on a disk that fails at one moment or another. */
export const failingDisk: Trial = {
  name: 'failing-disk',
  promise: 'no event and no success is told of what could not be saved',
  run: async ({ directory, isShort }) => {
    try {
      execFileSync('strace', ['-f', '-e', 'trace=none', 'true'], { stdio: 'pipe' });
    } catch (error) {
      return { type: 'skipped', reason: `strace can't be used: ${messageOf(error)}` };
    }
    const counts = { runs: 0, faults: 0, events: 0 };
    const losses: string[] = [];
    const control = await runUnder(
      { inject: NO_FAULT },
      { command: 'events', home: join(directory, 'control') },
    );
    // Else the rest would show nothing.
    if (control.events < 2 * SESSIONS) losses.push('not even on a sound disk is told what has ended');
    for (const fault of listFaults(isShort)) {
      for (const command of ['events', 'kill'] as const) {
        const home = join(directory, `home-${counts.runs}`);
        const { faults, events, phantoms } = await runUnder(fault, { command, home });
        counts.runs += 1;
        counts.faults += faults;
        counts.events += events;
        losses.push(
          ...phantoms.map(
            (phantom) => `vitals ${command} under ${fault.inject} ${fault.path ?? ''}: ${phantom}`,
          ),
        );
      }
    }
    return { type: 'tried', losses, counts };
  },
};

interface Run {
  faults: number;
  events: number;
  phantoms: string[];
}

/** Runs a command on a home of sessions whose programs have ended, with a fault of the disk; compares what it tells with the disk. */
async function runUnder(
  fault: Fault,
  { command, home }: { command: 'events' | 'kill'; home: string },
): Promise<Run> {
  const sessions = new SessionManager({ home });
  await mkdir(home);
  for (let number = 0; number < SESSIONS; number += 1) await sessions.save(endedSession(number));
  const log = join(home, 'trace');
  const args = command === 'events' ? ['events', '--once'] : ['kill', 's-0'];
  const { code, stdout } = await trace(log, injection(fault, home), [VITALS, ...args, '--home', home]);
  const faults = readFileSync(log, 'utf8').split('(INJECTED)').length - 1;
  if (command === 'kill') {
    const status = (await sessions.get('default/s-0'))?.status;
    const isFalse = code === 0 && (status !== 'killed' || fault.failsAll === true);
    return { faults, events: 0, phantoms: isFalse ? [`it succeeded, and the record says ${status}`] : [] };
  }
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LifecycleEvent);
  return { faults, events: events.length, phantoms: await findPhantoms(sessions, events, fault) };
}

/** A session that is on record as working, of a process that is no more: a pass must find that it has ended. */
function endedSession(number: number): ReturnType<typeof makeSession> {
  const { pid, host, bootId, pidNamespace } = knowProcess(process.pid);
  const id = `s-${number}`;
  const handle = {
    type: 'process',
    pid,
    host,
    bootId,
    pidNamespace,
    procStart: '1',
    exitFile: '/dev/null',
    outputFile: '/dev/null',
  };
  return makeSession({ rev: 0, projectId: 'default', id, runtime: 'process', handle });
}

const injection = ({ inject, path }: Fault, home: string): string[] => [
  ...['-e', `inject=${inject}`],
  ...(path === undefined ? [] : ['-P', join(home, path)]),
];

function trace(log: string, faults: string[], argv: string[]): Promise<{ code: number; stdout: string }> {
  const strace = ['-f', '-qq', '-o', log, ...faults, process.execPath, ...argv];
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
  return new Promise((resolve) => {
    execFile('strace', strace, { env }, (error, stdout) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout });
    });
  });
}

async function findPhantoms(
  sessions: SessionManager,
  events: readonly LifecycleEvent[],
  fault: Fault,
): Promise<string[]> {
  const phantoms: string[] = [];
  for (const event of events) {
    if (event.type !== 'status_changed' && event.type !== 'terminated') continue;
    const record = await sessions.get(`${event.projectId}/${event.sessionId}`);
    const isSaved =
      event.type === 'status_changed' ? record?.status === event.to : record?.exit?.reason === event.reason;
    if (isSaved && !fault.failsAll) continue;
    phantoms.push(
      `${event.type} of ${event.sessionId} was told, and the record says ${record?.status ?? 'nothing'}`,
    );
  }
  return phantoms;
}
