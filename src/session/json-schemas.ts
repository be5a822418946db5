import * as z from 'zod';
import { lineSchema, recordSchema } from './published-schema.js';

/** Which shapes are published. */
export const SCHEMA_NAMES = ['record', 'event'] as const;

export type SchemaName = (typeof SCHEMA_NAMES)[number];

const SCHEMAS = {
  record: { schema: recordSchema, title: 'A record of session-vitals, format 1' },
  event: { schema: lineSchema, title: 'A line of vitals events' },
};

/** The JSON Schema (draft 7) of a record, or of a line of `vitals events`, made of what the types are made of. */
export function jsonSchema(name: SchemaName): Record<string, unknown> {
  const { schema, title } = SCHEMAS[name];
  // What may be left out of a record is what a reader must be ready for: the input.
  return { ...z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), title };
}
