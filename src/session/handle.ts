import * as z from 'zod';

/** Where a session's program runs. Only the runtime named by `type` knows the other fields. */
export const handleSchema = z.looseObject({ type: z.string().min(1) });

export interface Handle {
  type: string;
  [field: string]: unknown;
}

/** Whether two handles name the same running program. */
export function sameHandle(one: Handle | null, other: Handle | null): boolean {
  if (one === other) return true;
  if (!one || !other) return false;
  return canonical(one) === canonical(other);
}

const canonical = (handle: Handle): string =>
  JSON.stringify(
    Object.keys(handle)
      .sort()
      .map((field) => [field, handle[field]]),
  );
