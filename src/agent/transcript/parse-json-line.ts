import type { z } from 'zod';

/** Reads one line of JSON; null if it is none, or of another shape. */
export function parseJsonLine<Schema extends z.ZodType>(
  line: string,
  schema: Schema,
): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    // A line of another kind tells nothing, and the lines before it still do.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
