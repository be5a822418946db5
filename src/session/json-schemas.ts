import * as z from 'zod';
import { findingSchema, lineSchema, recordSchema } from './published-schema.js';

/** Which shapes are published. */
export const SCHEMA_NAMES = ['record', 'event', 'finding'] as const;

/** What has a JSON Schema. */
export type SchemaName = (typeof SCHEMA_NAMES)[number];

const SCHEMAS = {
  record: { schema: recordSchema, title: 'A record of session-vitals, format 1' },
  event: { schema: lineSchema, title: 'A line of vitals events' },
  finding: { schema: findingSchema, title: 'A line of vitals doctor --json' },
};

/** The JSON Schema (draft 7) of a record, or of a line of `vitals events` or `vitals doctor --json`, made of what the types are made of. */
export function jsonSchema(name: SchemaName): Record<string, unknown> {
  const { schema, title } = SCHEMAS[name];
  // What may be left out of a record is what a reader must be ready for: the input.
  return { ...z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), title };
}
