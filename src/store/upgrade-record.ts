import { SESSION_FORMAT } from '../session/session.js';

/** What a record of any format comes to in this one; `message` is one plain line. */
export type UpgradedRecord = { type: 'record'; value: unknown } | { type: 'refused'; message: string };

type Fields = Readonly<Record<string, unknown>>;

/** For each older format, what makes the next one of it. Fields that it doesn't know it keeps. */
const UPGRADES: ReadonlyMap<number, (fields: Fields) => Fields> = new Map([
  // Before formats were counted, a record said nothing of its own; all else was as in format 1.
  [0, (fields) => ({ ...fields, format: 1 })],
]);

/**
 * Brings a record to this version's format, in memory alone: on disk it changes with its next save. A record of a format
 * to come is refused.
 */
export function upgradeRecord(
  value: unknown,
  { upgrades = UPGRADES, format = SESSION_FORMAT }: { upgrades?: typeof UPGRADES; format?: number } = {},
): UpgradedRecord {
  if (!isFields(value)) return { type: 'record', value };
  let fields: Fields = value;
  for (;;) {
    const found = 'format' in fields ? fields['format'] : 0;
    if (typeof found === 'number' && found > format) return refuse(found, format);
    const upgrade = typeof found === 'number' ? upgrades.get(found) : undefined;
    if (!upgrade) return { type: 'record', value: fields };
    fields = upgrade(fields);
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (found: number, format: number): UpgradedRecord => ({
  type: 'refused',
  message:
    `it is of format ${found}, and this version of session-vitals reads formats up to ${format}: ` +
    'update session-vitals to the version that wrote it',
});
