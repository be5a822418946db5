import { readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { COLUMNS, describeScore, quantileOf, type Result } from './report.js';
import { addScores } from './score.js';
import { SCENARIOS } from './scenarios.js';
import { LIVE_AGENTS, liveCache, RELEASES, type LiveAgent } from './versions.js';

/** The results of a run are kept in its folder, for the page. */
export async function keepResults(folder: string, results: readonly Result[]): Promise<void> {
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results)}\n`);
}

/** The newest result of each scenario, agent, version and mode, of all runs that are kept. */
async function readKept(): Promise<Result[]> {
  const runs = join(liveCache(), 'runs');
  const newest = new Map<string, Result>();
  for (const name of (await readdir(runs)).sort()) {
    const text = await readFile(join(runs, name, 'results.json'), 'utf8').catch((error: unknown) => {
      // A run that failed or goes on has none.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]';
      throw error;
    });
    for (const result of JSON.parse(text) as Result[]) {
      const { agent, version, hooks, scenario } = result;
      newest.set([agent, version, hooks, scenario].join(), result);
    }
  }
  const names = SCENARIOS.map(({ name }) => name);
  const versions = (agent: LiveAgent): string[] => [RELEASES[agent].current, RELEASES[agent].previous];
  return [...newest.values()].filter(
    ({ agent, version, scenario }) => versions(agent).includes(version) && names.includes(scenario),
  );
}

/** Writes the page from the runs that are kept; `npm run format` makes its tables even. */
export async function writePage(file: URL): Promise<void> {
  await writeFile(file, drawPage(await readKept()));
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const tableOf = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n');

/** The page: what was run and when, and what came of it. */
export function drawPage(results: readonly Result[]): string {
  const scored = results.filter(({ score }) => score.judgedS > 0);
  const runs = LIVE_AGENTS.flatMap((agent) =>
    [RELEASES[agent].current, RELEASES[agent].previous].flatMap((version) =>
      (['off', 'on'] as const).map((hooks) => ({ agent, version, hooks })),
    ),
  );
  const own = (all: readonly Result[], run: (typeof runs)[number]): Result[] =>
    all.filter(
      ({ agent, version, hooks }) => agent === run.agent && version === run.version && hooks === run.hooks,
    );

  const overview = runs.flatMap((run) => {
    const some = own(scored, run);
    if (some.length === 0) return [];
    const sum = addScores(some.map(({ score }) => score));
    const day =
      some
        .map(({ ranAt }) => ranAt.slice(0, 10))
        .sort()
        .at(-1) ?? '';
    return [[run.agent, run.version, run.hooks, day, String(some.length), ...describeScore(sum)]];
  });

  const columns = LIVE_AGENTS.filter((agent) => scored.some((one) => one.agent === agent));
  const scenarios = SCENARIOS.filter(({ name }) => scored.some(({ scenario }) => scenario === name));
  const byScenario = scenarios.map(({ name, about }) => [
    `**${name}**: ${about}`,
    ...columns.map((agent) => {
      const of = (hooks: string): string => {
        const { current } = RELEASES[agent];
        const one = scored.find(
          (each) =>
            each.agent === agent &&
            each.hooks === hooks &&
            each.version === current &&
            each.scenario === name,
        );
        return one === undefined ? '–' : String(Math.round((100 * one.score.agreeingS) / one.score.judgedS));
      };
      return `${of('off')} / ${of('on')}`;
    }),
  ]);

  const trials = runs.flatMap((run) =>
    (['send', 'answer'] as const).flatMap((command) => {
      const some = own(results, run).flatMap((one) =>
        one.trials.filter((trial) => trial.command === command),
      );
      if (some.length === 0) return [];
      const count = (outcome: RegExp): string =>
        String(some.filter((one) => outcome.test(one.outcome)).length);
      const states = [...new Set(some.map(({ state }) => state))].join(', ');
      const wrong = String(some.filter(({ isRight }) => !isRight).length);
      const done = count(/^(submitted|answered)$/);
      const counts = [String(some.length), done, count(/^typed$/), count(/^(refused|failed|exit)/), wrong];
      return [[run.agent, run.version, run.hooks, command, ...counts, states]];
    }),
  );

  const kills = results.filter(({ scenario }) => scenario === 'kill-in-turn');
  const namesOf = (some: readonly Result[]): string =>
    [...new Set(some.map(({ agent, version, hooks }) => `${agent} ${version} (hooks ${hooks})`))].join(
      ', ',
    ) || 'none';
  const isClean = ({ notes }: Result): boolean => notes.some((note) => note.startsWith('kill: nothing'));
  const loads = results.map(({ load }) => load).filter((load) => load > 0);
  const lags = scored.flatMap(({ score }) => score.lagsMs);
  const median = quantileOf(lags, 0.5);
  return `# Which agents were run, and what came of it

<!-- npm run live -- --docs writes this page. Change scripts/live/page.ts instead. -->

\`npm run live -- AGENT…\` installs real agents from npm into \`~/.cache/session-vitals/live\`, starts them in tmux against a
scripted model, and does what a person would do: prompts, approvals, refusals, interruptions, new conversations, kills.
\`vitals events --interval 1s\` watches. Each run has its own home, made-up keys, and a network with loopback alone; it
needs Linux, tmux, git, and the right to make a network namespace. No account is needed and no real model is asked.

What is true at each moment comes from the model server's log, from the log of the command that the agent runs, from the
keys that were pressed, and from what the screen shows. What vitals said is compared with it four times a second; the
first 2 seconds after each true change are left out, since a pass takes a second and a person's eye no less. Nothing is
compared while nobody can say what is true.

- **agreeing**: the part of the judged seconds in which vitals said what was true.
- **lag**: from a true change to the event that tells it. **never told**: changes that had no event before the next.
- **waits found**: of the times that the agent asked a person, how many vitals saw. **waiting seen**: the part of the
  seconds in which it asked.
- **in a turn, read ready**: the part of a turn's seconds in which vitals called the agent ready. This is the mistake
  that makes people interrupt their agents.
- **false ends**: sessions that vitals called ended while they lived.

All ${scored.length} scenarios of this page together: ${Math.round(addScores(scored.map(({ score }) => score)).judgedS)} judged seconds${median === undefined ? '' : `, a median lag of ${(median / 1000).toFixed(1)} s`}.

## Each agent

Each row is one version, without hooks (off) or after \`vitals hooks install\` (on).

${tableOf(['agent', 'version', 'hooks', 'run on', 'scenarios', ...COLUMNS], overview)}

A run on a busy machine tells more of the machine than of vitals: lags grow, and agents redraw late. The load average was
${Math.round(quantileOf(loads, 0) ?? 0)} to ${Math.round(quantileOf(loads, 1) ?? 0)} at the ends of these runs, on ${availableParallelism()} cores.
What has no row was not run.

## Each scenario

Percent of the judged seconds that agree, of the current version: hooks off / on.

${tableOf(['scenario', ...columns], byScenario)}

**Killed in a turn.** \`vitals kill\` was called while a command of the agent ran. 5 seconds later nothing of it ran, and the
model was not asked again: ${namesOf(kills.filter(isClean))}. Something went on: ${namesOf(kills.filter((one) => !isClean(one)))}.
${
  trials.length === 0
    ? ''
    : `
## Sending and answering

Texts that have gone wrong somewhere (many lines, 5 kB, a leading \`-\`, \`/\`, \`!\`, \`@\` or \`#\`, quotes, emoji, tabs, a single
\`2\` or \`no\`) are sent in each state that an agent can be in. A try is **wrong** if \`send\` says \`submitted\` and the text did
not reach the model exactly once and word for word (an agent may make spaces of tabs), or if it says anything else and
something was pressed: the text reached the model, a command ran, a dialog was answered, a draft was lost. \`answer\` is
wrong if it says that it answered and the opposite happened, or if it says that it did not and something happened.

${tableOf(['agent', 'version', 'hooks', 'command', 'tries', 'done', 'typed', 'refused', 'wrong', 'states'], trials)}
`
}
## Run it yourself

\`\`\`sh
npm run live -- pi --short
npm run live -- claude-code codex --hooks both
npm run live -- gemini --scenario approve --scenario deny --previous
npm run live -- --docs
\`\`\`

The first line takes a minute: one light agent, three scenarios. Without names, all agents and all scenarios are run, which
takes hours on a small machine. \`--previous\` adds a release of about three months earlier. \`--docs\` writes this page from
the newest result of each scenario. The folder of each run is named and kept: \`truth.ndjson\` (what was true, when and
why), \`events.ndjson\` (what vitals said), \`model.ndjson\` (what the model was asked), \`screens.ndjson\` (each screen, when
it changed), \`raw/\` (the bytes that the program wrote), and the agent's \`home/\`.
`;
}
