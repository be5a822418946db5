import type { ControlContext } from '../control/control-context.js';
import type { Finding } from '../session/finding.js';
import { broken } from '../session/make-finding.js';
import { messageOf } from '../session/message-of.js';
import { NOTHING_SWEPT, sweepRecords } from '../store/sweep-records.js';
import { checkAgents } from './check-agents.js';
import { checkClock } from './check-clock.js';
import { checkDisk } from './check-disk.js';
import { checkHome } from './check-home.js';
import { checkHooks } from './check-hooks.js';
import { checkJournal } from './check-journal.js';
import { checkLeftovers } from './check-leftovers.js';
import { checkLoop } from './check-loop.js';
import { checkNode } from './check-node.js';
import { checkOpenFiles } from './check-open-files.js';
import { checkProcesses } from './check-processes.js';
import { checkRecords } from './check-records.js';
import { checkRuntimes } from './check-runtimes.js';
import { checkServers } from './check-servers.js';
import { checkTerminal } from './check-terminal.js';
import { checkWatches } from './check-watches.js';
import type { Check, Checkup } from './checkup.js';

/** All checks but that of the home, in the order in which their findings are told. */
const CHECKS: readonly { name: string; check: Check; needsHome?: boolean }[] = [
  { name: 'node', check: checkNode },
  { name: 'runtimes', check: checkRuntimes },
  { name: 'disk', check: checkDisk, needsHome: true },
  { name: 'records', check: checkRecords, needsHome: true },
  { name: 'records', check: checkLeftovers, needsHome: true },
  { name: 'sessions', check: checkServers, needsHome: true },
  { name: 'loop', check: checkLoop, needsHome: true },
  { name: 'journal', check: checkJournal, needsHome: true },
  { name: 'watches', check: checkWatches, needsHome: true },
  { name: 'files', check: checkOpenFiles },
  { name: 'processes', check: checkProcesses },
  { name: 'clock', check: checkClock },
  { name: 'agents', check: checkAgents },
  { name: 'hooks', check: checkHooks },
  { name: 'terminal', check: checkTerminal },
];

export type DiagnoseOptions = Partial<Pick<Checkup, 'env' | 'program' | 'isTerminal'>>;

/** Looks at everything that must work on this machine. It changes nothing on disk, and starts no tmux server. */
export async function diagnose(
  { sessions, runtimes, agents, clock }: ControlContext,
  { env = process.env, program = null, isTerminal = process.stdout.isTTY }: DiagnoseOptions = {},
): Promise<Finding[]> {
  const { layout } = sessions;
  const records = await readRecords(layout);
  const checkup: Checkup = { layout, records, runtimes, agents, clock, env, program, isTerminal };
  const home = await runCheck('home', checkHome, checkup);
  // Without a home, the other checks of it would only say the same once more each.
  const isHomeBroken = home.some(({ state }) => state === 'broken');
  const findings = await Promise.all(
    CHECKS.filter(({ needsHome = false }) => !(needsHome && isHomeBroken)).map(({ name, check }) =>
      runCheck(name, check, checkup),
    ),
  );
  return [...home, ...findings.flat()];
}

/** Not as the session manager lists them: that clears away what killed writers left. */
async function readRecords(layout: Checkup['layout']): Promise<Checkup['records']> {
  try {
    return { type: 'read', snapshot: (await sweepRecords(layout, NOTHING_SWEPT)).snapshot };
  } catch (error) {
    return { type: 'unreadable', message: messageOf(error) };
  }
}

async function runCheck(name: string, check: Check, checkup: Checkup): Promise<Finding[]> {
  try {
    return await check(checkup);
  } catch (error) {
    return [broken(name, messageOf(error), 'mend what this says; the other checks went on')];
  }
}
