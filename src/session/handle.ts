import * as z from 'zod';

/** What a record's handle must look like. */
export const handleSchema = z.looseObject({ type: z.string().min(1) });

/** Where a session's program runs. Only the runtime named by `type` knows the other fields. */
export interface Handle {
  type: string;
  [field: string]: unknown;
}

/** Whether two handles name the same running program. */
export function sameHandle(one: Handle | null, other: Handle | null): boolean {
  if (one === other) return true;
  if (!one || !other) return false;
  return handleKey(one) === handleKey(other);
}

/** The same text for handles that name the same running program, and for no others. */
export const handleKey = (handle: Handle): string =>
  JSON.stringify(
    Object.keys(handle)
      .sort()
      .map((field) => [field, handle[field]]),
  );
