import { readFileSync } from 'node:fs';
import type { Arena, Cost, Enter } from './contender.js';

const [name = '', arena = '{}', startsLog = ''] = process.argv.slice(2);

/** Processor time of the processes that this one started and waited for, in ms (proc_pid_stat(5), at 100 ticks a second). */
function childrenMs(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const [userTicks, systemTicks] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
    .map(Number);
  return ((userTicks ?? 0) + (systemTicks ?? 0)) * 10;
}

const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + childrenMs();
};

const startsSoFar = (): number => readFileSync(startsLog, 'utf8').length;

async function time(passes: number, pass: () => Promise<unknown>): Promise<Cost> {
  const [cpuMs, starts, wallMs] = [processorMs(), startsSoFar(), performance.now()];
  for (let number = 0; number < passes; number += 1) await pass();
  return {
    wallMs: (performance.now() - wallMs) / passes,
    cpuMs: (processorMs() - cpuMs) / passes,
    starts: (startsSoFar() - starts) / passes,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  };
}

const { enter } = (await import(`./contenders/${name}.js`)) as { enter: Enter };
const contender = await enter(JSON.parse(arena) as Arena);

process.on('message', (passes: number) => {
  if (passes > 0) {
    void time(passes, () => contender.pass()).then((cost) => process.send?.(cost));
  } else {
    void contender.close().then(() => process.disconnect());
  }
});
process.send?.('ready');
