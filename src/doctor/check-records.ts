import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { isTerminal } from '../session/status.js';
import type { Checkup } from './checkup.js';

/** How many files are told of one by one. */
const SHOWN = 5;

/** How many sessions there are, and which files are none. */
export function checkRecords({ records }: Pick<Checkup, 'records'>): Finding[] {
  if (records.type === 'unreadable') return [broken('records', records.message, 'do as it says')];
  const { sessions, unreadable } = records.snapshot;
  const live = sessions.filter(({ status }) => !isTerminal(status));
  const more = unreadable.length - SHOWN;
  return [
    ok('records', `${sessions.length} recorded, ${live.length} live`),
    ...unreadable
      .slice(0, SHOWN)
      .map(({ path, message }) => warning('records', `${path}: ${message}`, cureOf(message))),
    ...(more > 0 ? [warning('records', `${more} more can't be read`, 'vitals list names them')] : []),
  ];
}

/** A record of a format to come is none to mend. */
const cureOf = (message: string): string =>
  message.startsWith('it is of format ') ? 'update session-vitals' : 'mend it or remove it';
