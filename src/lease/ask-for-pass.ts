import { rmSync } from 'node:fs';
import { checkProcess } from '../process/check-process.js';
import { fileFailure } from '../store/file-failure.js';
import { makeDirectory } from '../store/make-directory.js';
import { DirectoryWaker } from '../store/directory-waker.js';
import { readChain } from '../store/lock-chain.js';
import { formatHolder, newHolder, type LockHolder } from '../store/lock-holder.js';
import { leaseLock, requestDirectory } from './lease-layout.js';
import {
  answerPath,
  newRequestName,
  putFile,
  readAnswer,
  requestPath,
  type PassAnswer,
} from './pass-request.js';

const LOOK_MS = 100;

/**
 * Asks the holder of a home's lease for a pass that begins after the call; resolves when it has ended, or to null if that
 * holder has gone or the signal comes before. @throws {StoreError}
 */
export async function askForPass(
  home: string,
  holder: LockHolder,
  { signal }: { signal: AbortSignal },
): Promise<PassAnswer | null> {
  const directory = requestDirectory(home);
  await makeDirectory(directory);
  const name = newRequestName();
  const waker = new DirectoryWaker(directory, { pollMs: LOOK_MS });
  signal.addEventListener('abort', waker.stop);
  try {
    putFile(requestPath(home, name), formatHolder(newHolder()));
    while (!signal.aborted) {
      const answer = readAnswer(home, name);
      if (answer) return answer;
      if (!(await isHolding(home, holder))) return readAnswer(home, name);
      await waker.wait();
    }
    return null;
  } catch (error) {
    throw fileFailure('ask for a pass in', directory, error);
  } finally {
    signal.removeEventListener('abort', waker.stop);
    waker.stop();
    rmSync(requestPath(home, name), { force: true });
    rmSync(answerPath(home, name), { force: true });
  }
}

async function isHolding(home: string, { token }: LockHolder): Promise<boolean> {
  const last = (await readChain(leaseLock(home))).at(-1);
  return last?.token === token && checkProcess(last).state !== 'dead';
}
