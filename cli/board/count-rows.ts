import { groupOf, STATUS_GROUPS } from '../text/status-group.js';
import type { Row } from './row.js';

/** How many sessions there are, and how many of each kind, in a line. */
export function countRows(rows: Iterable<Row>): string {
  const names = [...rows].map(({ status }) => groupOf(status).name);
  const counts = STATUS_GROUPS.map(({ name, count }) => ({
    count,
    number: names.filter((other) => other === name).length,
  })).filter(({ number }) => number > 0);
  const total = `${names.length} session${names.length === 1 ? '' : 's'}`;
  return [total, counts.map(({ count, number }) => `${number} ${count}`).join(', ')]
    .filter(Boolean)
    .join(': ');
}
