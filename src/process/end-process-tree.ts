import { setTimeout as delay } from 'node:timers/promises';
import { checkProcess, knowProcess, type KnownProcess } from './check-process.js';
import { listDescendants } from './list-descendants.js';
import { listSurvivors } from './list-survivors.js';
import { signalProcess } from './signal-process.js';

const POLL_MS = 20;

/** How long what follows by itself may take: a launcher after its program, a program after a hang-up. */
const SETTLE_MS = 500;

const KILL_LIMIT_MS = 2_000;

export interface EndProcessTreeOptions {
  /** How long the processes may take to end after SIGTERM, before SIGKILL. */
  graceMs: number;
  /** Whether the root is asked too; a launcher is not: it ends with its program, and notes how that ended. */
  asksRoot: boolean;
  /** Ends a root that outlives its descendants, such as a shell that ignores SIGTERM. */
  closeRoot: () => Promise<void>;
}

/**
 * Ends a process and all below it, by SIGTERM and then by SIGKILL; whether the root is proven gone. Of a launcher that is
 * gone already, it ends what is left of its session.
 */
export async function endProcessTree(
  root: KnownProcess,
  { graceMs, asksRoot, closeRoot }: EndProcessTreeOptions,
): Promise<boolean> {
  const listBelow = (): KnownProcess[] =>
    checkProcess(root).state === 'alive' ? listDescendants(root.pid).map(knowProcess) : [];
  if (isGone(root)) return asksRoot || endSurvivors(root, { graceMs });
  if (checkProcess(root).state === 'unknown') {
    // What may be another process must get no signal, and nothing below it either.
    await closeRoot();
    return waitFor(() => isGone(root), SETTLE_MS);
  }

  let below = listBelow();
  for (const known of asksRoot ? [root, ...below] : below) signalProcess(known, 'SIGTERM');
  await waitFor(() => {
    if (below.length === 0 && !asksRoot) {
      // The launcher had not yet started its program.
      below = listBelow();
      for (const known of below) signalProcess(known, 'SIGTERM');
    }
    return isGone(root) || (below.length > 0 && below.every(isGone));
  }, graceMs);
  await waitFor(() => isGone(root), SETTLE_MS);
  if (!isGone(root)) await closeRoot();

  const rest = [root, ...below, ...listBelow()];
  await waitFor(() => rest.every(isGone), SETTLE_MS);
  for (const known of rest) signalProcess(known, 'SIGKILL');
  if (!(await waitFor(() => isGone(root), KILL_LIMIT_MS))) return false;
  return asksRoot || endSurvivors(root, { graceMs });
}

async function endSurvivors(launcher: KnownProcess, { graceMs }: { graceMs: number }): Promise<boolean> {
  const processes = listSurvivors(launcher).map(knowProcess);
  const areGone = (): boolean => processes.every(isGone);
  for (const known of processes) signalProcess(known, 'SIGTERM');
  await waitFor(areGone, graceMs);
  for (const known of processes) signalProcess(known, 'SIGKILL');
  return waitFor(areGone, KILL_LIMIT_MS);
}

const isGone = (known: KnownProcess): boolean => checkProcess(known).state === 'dead';

async function waitFor(isSo: () => boolean, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!isSo() && performance.now() < end) await delay(POLL_MS);
  return isSo();
}
