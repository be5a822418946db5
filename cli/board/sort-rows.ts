import { STATUS_GROUPS, groupOf } from '../text/status-group.js';
import type { Row } from './row.js';

/** The rows that fit a filter, what needs a person first, and among those who has waited longest. */
export function sortRows(rows: Iterable<Row>, filter: string): Row[] {
  return [...rows].filter((row) => fits(row, filter)).sort(compareRows);
}

function compareRows(one: Row, other: Row): number {
  const group = groupOf(one.status);
  const byNeed = STATUS_GROUPS.indexOf(group) - STATUS_GROUPS.indexOf(groupOf(other.status));
  return byNeed || compareWithin(group.name, one, other) || compareTexts(one.key, other.key);
}

function compareWithin(group: (typeof STATUS_GROUPS)[number]['name'], one: Row, other: Row): number {
  // Rows that change often would jump if they stood in the order of time.
  if (group === 'runs' || group === 'rests') return 0;
  const byAge = compareTexts(one.since, other.since);
  return group === 'died' || group === 'ended' ? -byAge : byAge;
}

const compareTexts = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function fits({ key, status, agent, what }: Row, filter: string): boolean {
  const text = [key, status, agent, what].join('\n').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
