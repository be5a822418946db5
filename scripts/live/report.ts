import { join } from 'node:path';
import { addScores, scoreAccount, type Account, type EventLine, type Score, type Trial } from './score.js';
import { readLines } from './stage.js';
import type { LiveAgent } from './versions.js';

/** What one scenario of a run came to. */
export interface Result {
  agent: LiveAgent;
  version: string;
  hooks: 'on' | 'off';
  scenario: string;
  folder: string;
  /** When it was run, ISO 8601. */
  ranAt: string;
  /** The machine's load average over 5 minutes at its end: far above the number of cores, lags are the machine's. */
  load: number;
  score: Score;
  trials: Trial[];
  notes: string[];
}

/** Reads a run's folder; one result a scenario. */
export function readResults(
  run: Pick<Result, 'agent' | 'version' | 'hooks' | 'folder' | 'ranAt' | 'load'>,
): Result[] {
  const accounts = readLines<Account>(join(run.folder, 'truth.ndjson'));
  const events = readLines<EventLine>(join(run.folder, 'events.ndjson'));
  const names = [...new Set(accounts.map(({ scenario }) => scenario))];
  return names.map((scenario) => {
    const own = accounts.filter((account) => account.scenario === scenario);
    const scores = own.map((account) => scoreAccount(account, events));
    const disagreements = scores.flatMap((score) => score.disagreements);
    const notes = own.flatMap((account) => account.notes);
    const trials = own.flatMap((account) => account.trials ?? []);
    return { ...run, scenario, score: { ...addScores(scores), disagreements }, trials, notes };
  });
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((1000 * part) / whole) / 10} %`;

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** The value below which this part of the values lies; undefined if there are none. */
export function quantileOf(values: readonly number[], part: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

/** What the cells of a score are. */
export const COLUMNS = [
  'agreeing',
  'of',
  'lag p50',
  'lag max',
  'never told',
  'waits found',
  'waiting seen',
  'in a turn, read ready',
  'false ends',
];

/** A score's cells, in the order of the columns. */
export function describeScore(score: Score): string[] {
  return [
    percent(score.agreeingS, score.judgedS),
    `${Math.round(score.judgedS)} s`,
    seconds(quantileOf(score.lagsMs, 0.5)),
    seconds(quantileOf(score.lagsMs, 1)),
    String(score.missed),
    score.waits === 0 ? '–' : `${score.waitsFound} of ${score.waits}`,
    percent(score.waitingSeenS, score.waitingS),
    percent(score.activeReadReadyS, score.activeS),
    String(score.falseEnds),
  ];
}

/** Rows as a table of aligned columns. */
export function drawTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The results of runs as a table for people: a line a scenario, and one for each run as a whole. */
export function describeResults(all: readonly Result[]): string {
  const results = all.filter(({ score }) => score.judgedS > 0);
  const header = ['agent', 'version', 'hooks', 'scenario', ...COLUMNS];
  const rows = results.map((one) => [
    one.agent,
    one.version,
    one.hooks,
    one.scenario,
    ...describeScore(one.score),
  ]);
  const runs = [...new Set(results.map(({ folder }) => folder))];
  const totals = runs.flatMap((folder) => {
    const own = results.filter((one) => one.folder === folder);
    const [first] = own;
    if (first === undefined || own.length < 2) return [];
    const sum = addScores(own.map(({ score }) => score));
    return [[first.agent, first.version, first.hooks, 'all', ...describeScore(sum)]];
  });
  const scores = rows.length === 0 ? '' : drawTable([header, ...rows, ...totals]);
  return [scores, describeTrials(all)].filter((table) => table !== '').join('\n\n');
}

/** What `send` and `answer` came to: a line a command, agent and state; nothing if neither was tried. */
function describeTrials(results: readonly Result[]): string {
  const rows = results.flatMap(({ agent, version, hooks, trials }) => {
    const kinds = [...new Set(trials.map(({ command, state }) => `${command} ${state}`))];
    return kinds.map((kind) => {
      const own = trials.filter(({ command, state }) => `${command} ${state}` === kind);
      const count = (outcome: RegExp): string =>
        String(own.filter((one) => outcome.test(one.outcome)).length);
      const wrong = own.filter(({ isRight }) => !isRight).length;
      const counts = [count(/^(submitted|answered)$/), count(/^typed$/), count(/^(refused|failed|exit)/)];
      return [agent, version, hooks, kind, String(own.length), ...counts, String(wrong)];
    });
  });
  if (rows.length === 0) return '';
  return drawTable([
    ['agent', 'version', 'hooks', 'tried', 'tries', 'done', 'typed', 'refused', 'WRONG'],
    ...rows,
  ]);
}

/** Where vitals was wrong and what the scenarios noted, a line each. */
export function describeDetails({ scenario, score, trials, notes }: Result): string[] {
  const wrong = trials.filter(({ isRight }) => !isRight);
  return [
    ...wrong.map(
      ({ command, text, outcome, detail }) => `${scenario}: WRONG: ${command} ${text}: ${outcome}: ${detail}`,
    ),
    ...score.disagreements.map(
      ({ fromS, toS, truth, why, said, source }) =>
        `${scenario}: ${fromS.toFixed(1)} to ${toS.toFixed(1)} s: it was ${truth} (${why}), vitals said ${said} by ${source.slice(0, 100)}`,
    ),
    ...notes.map((note) => `${scenario}: note: ${note}`),
  ];
}
