import { parseArgs } from 'node:util';
import { messageOf } from '../index.js';
import { PROFILES } from './live/agents/profiles.js';
import { findObstacle, runJob } from './live/job.js';
import { describeDetails, describeResults, readResults, type Result } from './live/report.js';
import { SCENARIOS } from './live/scenarios.js';
import { LIVE_AGENTS, RELEASES, type LiveAgent } from './live/versions.js';

const USAGE = `usage: npm run live -- [AGENT…] [--scenario NAME…] [--hooks on|off|both] [--previous] [--short] [--json]
                       [--parallel N]
agents: ${LIVE_AGENTS.join(', ')}
scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scenario: { type: 'string', multiple: true },
    hooks: { type: 'string', default: 'both' },
    previous: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '3' },
  },
});

/** The short form: the lightest agent, and what takes the least time. */
const SHORT: { agent: LiveAgent; scenarios: string[] } = {
  agent: 'pi',
  scenarios: ['idle', 'stream', 'command'],
};

function findMistake(): string | null {
  const agent = positionals.find((name) => !(LIVE_AGENTS as string[]).includes(name));
  if (agent !== undefined) return `no agent is called ${agent}`;
  const scenario = values.scenario?.find((name) => !SCENARIOS.some((one) => one.name === name));
  if (scenario !== undefined) return `no scenario is called ${scenario}`;
  return ['on', 'off', 'both'].includes(values.hooks) ? null : '--hooks is on, off or both';
}

/** The scenarios that an agent can play, of those asked for. */
function scenariosOf(agent: LiveAgent): string[] {
  const asked = values.scenario ?? (values.short ? SHORT.scenarios : null);
  return SCENARIOS.filter(
    ({ name, fits }) => (asked?.includes(name) ?? true) && (fits?.(PROFILES[agent]) ?? true),
  ).map(({ name }) => name);
}

async function main(): Promise<number> {
  const mistake = findMistake();
  if (mistake !== null) {
    process.stderr.write(`${mistake}\n${USAGE}\n`);
    return 2;
  }
  const obstacle = findObstacle();
  if (obstacle !== null) {
    process.stderr.write(`real agents can't be run here: ${obstacle}\n`);
    return 1;
  }
  const agents =
    positionals.length > 0 ? (positionals as LiveAgent[]) : values.short ? [SHORT.agent] : LIVE_AGENTS;
  const hooks = values.hooks === 'both' ? ([false, true] as const) : [values.hooks === 'on'];
  const results: Result[] = [];
  let hasFailed = false;
  for (const agent of agents)
    for (const release of values.previous ? (['current', 'previous'] as const) : (['current'] as const))
      for (const isHooked of hooks) {
        const version = RELEASES[agent][release];
        const about = `${agent} ${version}, hooks ${isHooked ? 'on' : 'off'}`;
        const scenarios = scenariosOf(agent);
        if (scenarios.length === 0) continue;
        const ranAt = new Date().toISOString();
        try {
          const job = { agent, version, isHooked, scenarios, parallel: Number(values.parallel) };
          const { folder, skipped } = await runJob(job);
          process.stderr.write(`${about}: ${skipped === null ? folder : `skipped, ${skipped}`}\n`);
          if (skipped !== null) continue;
          const own = readResults({ agent, version, hooks: isHooked ? 'on' : 'off', folder, ranAt });
          for (const result of own)
            for (const line of describeDetails(result)) process.stderr.write(`  ${line}\n`);
          results.push(...own);
        } catch (error) {
          hasFailed = true;
          process.stderr.write(`${about}: ${messageOf(error)}\n`);
        }
      }
  process.stdout.write(`${values.json ? JSON.stringify(results, null, 2) : describeResults(results)}\n`);
  return hasFailed ? 1 : 0;
}

process.exitCode = await main();
