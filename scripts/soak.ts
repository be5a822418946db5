import { loadavg, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { writeSection } from '../bench/write-section.js';
import { describeReport } from './soak/describe-report.js';
import { runSoak } from './soak/run-soak.js';

/** As long a run as is written down; a shorter one shows only that it works. */
const FULL_MINUTES = 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: String(FULL_MINUTES) },
    sessions: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
  },
});
const [minutes, sessions, seed] = [values.minutes, values.sessions, values.seed].map(Number);

const say = (line: string): boolean => process.stderr.write(`soak: ${line}\n`);

if (!minutes || !sessions || seed === undefined || Number.isNaN(seed) || minutes < 0 || sessions < 1) {
  say('give numbers: npm run soak -- --minutes 20 --sessions 60 --seed 1');
  process.exit(2);
}
if (platform() !== 'linux') {
  say('it reads /proc: run it on Linux');
  process.exit(2);
}

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    say('it ends what it started');
    stopping.abort();
    process.exitCode = 130;
  });
}

const load = (): string =>
  loadavg()
    .map((share) => share.toFixed(1))
    .join(' ');

say(`${sessions} sessions for ${minutes} min, seed ${seed}`);
const before = load();
const report = await runSoak({ seconds: minutes * 60, sessions, seed, signal: stopping.signal, note: say });
if (!stopping.signal.aborted) {
  const heading = 'Living with sessions that come and go: `npm run soak`';
  const text =
    `${sessions} sessions at a time for ${minutes} minutes, seed ${seed}, load ${before} before and ${load()} after. ` +
    describeReport(report);
  if (minutes >= FULL_MINUTES) writeSection({ heading, text });
  else process.stdout.write(`${text}\n`);
  for (const breach of report.breaches.slice(0, 20)) say(breach);
  const isBroken = report.breaches.length > 0 || report.verdicts.some((verdict) => verdict.isBroken);
  process.exitCode = isBroken ? 1 : 0;
}
