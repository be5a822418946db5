import type { Pane } from 'tmux-js-bridge';
import { constants as os } from 'node:os';
import type { ProcessVerdict } from '../process/check-process.js';
import { mayRun } from '../process/may-run.js';
import { UNKNOWN_EXIT, type Exit } from '../session/exit.js';
import type { Liveness } from '../session/liveness.js';
import { readExitFile } from './exit-file.js';
import { judgeProcess, type JudgeOptions } from './judge-process.js';
import type { Signs } from './runtime.js';
import { paneProcess, type TmuxHandle } from './tmux-handle.js';

/** What one look at a server says of one handle. */
export interface TmuxLook {
  liveness: Liveness;
  signs: Signs | null;
}

export interface LookOptions extends Pick<JudgeOptions, 'list'> {
  observedAt: string;
}

/** Judges a handle by its server's answer: its pane is there, which shows at once, or it is proven gone. */
export function lookAtPane(
  handle: TmuxHandle,
  pane: Pane | undefined,
  options: LookOptions,
): TmuxLook | Promise<TmuxLook> {
  const { observedAt } = options;
  const { paneId, serverPid } = handle;
  const dead = async (detail: string): Promise<TmuxLook> => ({
    liveness: {
      state: 'dead',
      evidence: { source: 'tmux', detail, observedAt },
      exit: await readExit(handle, pane),
    },
    signs: null,
  });
  if (!pane) return dead(`the tmux server ${serverPid} has no pane ${paneId}`);
  if (pane.isDead) return dead(`the program in pane ${paneId} has ended`);
  if (pane.panePid !== handle.panePid || !mayRun(paneProcess(handle))) {
    return lookAtProcess(handle, options, signsOf(pane));
  }
  const evidence = { source: 'tmux', detail: `pane ${paneId} is there`, observedAt };
  return { liveness: { state: 'alive', evidence }, signs: signsOf(pane) };
}

/** Judges a handle by its process alone, when its server does not answer for it: only a death can be told so. */
export async function lookAtProcess(
  handle: TmuxHandle,
  { observedAt, list }: LookOptions,
  signs: Signs | null = null,
): Promise<TmuxLook> {
  const { exitFile } = handle;
  const { exit, ...verdict } = await judgeProcess(paneProcess(handle), { exitFile, list });
  const evidence = { source: 'process', detail: describe(verdict), observedAt };
  return verdict.state === 'dead'
    ? { liveness: { state: 'dead', evidence, ...(exit && { exit }) }, signs: null }
    : { liveness: { state: 'unknown', evidence }, signs };
}

const describe = ({ state, detail }: ProcessVerdict): string =>
  state === 'alive' ? `${detail}, but not in a pane that can be seen` : detail;

async function readExit(handle: TmuxHandle, pane: Pane | undefined): Promise<Exit> {
  const noted = await readExitFile(handle.exitFile);
  if (noted.code !== null || noted.signal !== null || !pane) return noted;
  if (pane.deadSignal !== null) return { code: null, signal: signalName(pane.deadSignal) };
  return pane.deadStatus === null ? UNKNOWN_EXIT : { code: pane.deadStatus, signal: null };
}

const signalName = (number: number): string =>
  Object.entries(os.signals).find(([, known]) => known === number)?.[0] ?? `SIG${number}`;

const signsOf = ({ lastOutputAt, title, hasBell }: Pane): Signs => ({
  lastOutputAt: lastOutputAt === null ? null : new Date(lastOutputAt * 1_000).toISOString(),
  title,
  bell: hasBell,
});
