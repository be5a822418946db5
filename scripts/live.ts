import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { messageOf } from '../index.js';
import { PROFILES } from './live/agents/profiles.js';
import { findObstacle, runJob } from './live/job.js';
import { keepResults, writePage } from './live/page.js';
import { describeDetails, describeResults, readResults, type Result } from './live/report.js';
import { SCENARIOS } from './live/scenarios.js';
import { LIVE_AGENTS, RELEASES, type LiveAgent } from './live/versions.js';

const USAGE = `usage: npm run live -- [AGENT…] [--scenario NAME…] [--hooks on|off|both] [--previous] [--short]
                       [--parallel N] [--json] [--docs]

agents: ${LIVE_AGENTS.join(', ')}
scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}

  --hooks     after vitals hooks install, without, or both, one after the other [both]
  --previous  also the release of about three months earlier
  --short     three scenarios; without an agent, the lightest, hooks off
  --parallel  how many scenarios are played at a time [3]
  --json      the results as JSON, with each disagreement
  --docs      write docs/agents.md from the newest results of all runs; without an agent, run nothing
`;

/** The short form: the lightest agent, and what takes the least time. */
const SHORT: { agent: LiveAgent; scenarios: string[] } = {
  agent: 'pi',
  scenarios: ['turn', 'one-shot', 'kill-in-turn'],
};

const PAGE = new URL('../../docs/agents.md', import.meta.url);

interface Plan {
  runs: { agent: LiveAgent; version: string; isHooked: boolean; scenarios: string[] }[];
  parallel: number;
  isJson: boolean;
  writesPage: boolean;
}

/** Reads the command line; a string says what is wrong with it. */
function readPlan(args: string[]): Plan | string {
  const options = {
    scenario: { type: 'string', multiple: true },
    hooks: { type: 'string' },
    previous: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '3' },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    return messageOf(error);
  }
  const { values, positionals } = parsed;
  const unknown = positionals.find((name) => !(LIVE_AGENTS as string[]).includes(name));
  if (unknown !== undefined) return `no agent is called ${unknown}`;
  const scenario = values.scenario?.find((name) => !SCENARIOS.some((one) => one.name === name));
  if (scenario !== undefined) return `no scenario is called ${scenario}`;
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1) return '--parallel is a whole number, at least 1';
  const isShort = values.short;
  const hooks = values.hooks ?? (isShort ? 'off' : 'both');
  if (!['on', 'off', 'both'].includes(hooks)) return '--hooks is on, off or both';
  const defaults = isShort ? [SHORT.agent] : values.docs ? [] : LIVE_AGENTS;
  const agents = positionals.length > 0 ? (positionals as LiveAgent[]) : defaults;
  const asked = values.scenario ?? (isShort ? SHORT.scenarios : null);
  const runs = agents.flatMap((agent) => {
    const { current, previous } = RELEASES[agent];
    const scenarios = SCENARIOS.filter(
      ({ name, fits }) => (asked?.includes(name) ?? true) && (fits?.(PROFILES[agent]) ?? true),
    ).map(({ name }) => name);
    const modes = hooks === 'both' ? [false, true] : [hooks === 'on'];
    const versions = values.previous ? [current, previous] : [current];
    return scenarios.length === 0
      ? []
      : versions.flatMap((version) => modes.map((isHooked) => ({ agent, version, isHooked, scenarios })));
  });
  return { runs, parallel, isJson: values.json, writesPage: values.docs };
}

/** Runs one agent in one version and mode; what is wrong or was skipped is said on stderr. */
async function perform(run: Plan['runs'][number], parallel: number): Promise<Result[]> {
  const { agent, version, isHooked } = run;
  const ranAt = new Date().toISOString();
  const { folder, skipped } = await runJob({ ...run, parallel });
  const about = `${agent} ${version}, hooks ${isHooked ? 'on' : 'off'}`;
  process.stderr.write(`${about}: ${skipped === null ? folder : `skipped, ${skipped}`}\n`);
  if (skipped !== null) return [];
  const results = readResults({
    agent,
    version,
    hooks: isHooked ? 'on' : 'off',
    folder,
    ranAt,
    load: loadavg()[1] ?? 0,
  });
  await keepResults(folder, results);
  for (const line of results.flatMap(describeDetails)) process.stderr.write(`  ${line}\n`);
  return results;
}

async function main(): Promise<number> {
  const plan = readPlan(process.argv.slice(2));
  if (typeof plan === 'string') {
    process.stderr.write(`${plan}\n\n${USAGE}`);
    return 2;
  }
  const obstacle = plan.runs.length > 0 ? findObstacle() : null;
  if (obstacle !== null) {
    process.stderr.write(`real agents can't be run here: ${obstacle}\n`);
    return 1;
  }
  const results: Result[] = [];
  let hasFailed = false;
  for (const run of plan.runs) {
    try {
      results.push(...(await perform(run, plan.parallel)));
    } catch (error) {
      hasFailed = true;
      process.stderr.write(`${run.agent} ${run.version}: ${messageOf(error)}\n`);
    }
  }
  if (plan.runs.length > 0)
    process.stdout.write(`${plan.isJson ? JSON.stringify(results, null, 2) : describeResults(results)}\n`);
  if (plan.writesPage) await writePage(PAGE);
  const hasWrong = results.some(({ trials }) => trials.some(({ isRight }) => !isRight));
  return hasFailed || hasWrong ? 1 : 0;
}

process.exitCode = await main();
