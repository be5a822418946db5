import { join } from 'node:path';
import { addScores, scoreAccount, type Account, type EventLine, type Score } from './score.js';
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
  score: Score;
  notes: string[];
}

/** Reads a run's folder; one result a scenario. */
export function readResults(run: Pick<Result, 'agent' | 'version' | 'hooks' | 'folder' | 'ranAt'>): Result[] {
  const accounts = readLines<Account>(join(run.folder, 'truth.ndjson'));
  const events = readLines<EventLine>(join(run.folder, 'events.ndjson'));
  const names = [...new Set(accounts.map(({ scenario }) => scenario))];
  return names.map((scenario) => {
    const own = accounts.filter((account) => account.scenario === scenario);
    const scores = own.map((account) => scoreAccount(account, events));
    const disagreements = scores.flatMap((score) => score.disagreements);
    const notes = own.flatMap((account) => account.notes);
    return { ...run, scenario, score: { ...addScores(scores), disagreements }, notes };
  });
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((1000 * part) / whole) / 10} %`;

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** The value that this part of the sorted values does not exceed. */
function quantile(values: readonly number[], part: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

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
    seconds(quantile(score.lagsMs, 0.5)),
    seconds(quantile(score.lagsMs, 1)),
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
export function describeResults(results: readonly Result[]): string {
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
  return drawTable([header, ...rows, ...totals]);
}

/** Where vitals was wrong and what the scenarios noted, a line each. */
export function describeDetails({ scenario, score, notes }: Result): string[] {
  return [
    ...score.disagreements.map(
      ({ fromS, toS, truth, why, said, source }) =>
        `${scenario}: ${fromS.toFixed(1)} to ${toS.toFixed(1)} s: it was ${truth} (${why}), vitals said ${said} by ${source.slice(0, 100)}`,
    ),
    ...notes.map((note) => `${scenario}: note: ${note}`),
  ];
}
