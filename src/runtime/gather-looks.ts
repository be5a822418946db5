import { sameHandle, type Handle } from '../session/handle.js';
import { messageOf } from '../session/message-of.js';
import { RuntimeError } from './runtime-error.js';

type Result<Look> = { type: 'seen'; look: Look } | { type: 'failed'; error: unknown };

/**
 * Looks at every handle, and resolves to what answers for each of them from that one look. A handle that could not be
 * judged is a `RuntimeError` when it is asked about, and harms no other. What `look` can tell at once is not waited for.
 */
export async function gatherLooks<Known extends Handle, Look>(
  handles: readonly Known[],
  look: (handle: Known) => Look | Promise<Look>,
): Promise<(handle: Handle) => Look> {
  const results = new Map<Handle, Result<Look>>();
  const late: Promise<unknown>[] = [];
  for (const handle of handles) {
    try {
      const seen = look(handle);
      if (seen instanceof Promise) late.push(settle(seen).then((result) => results.set(handle, result)));
      else results.set(handle, { type: 'seen', look: seen });
    } catch (error) {
      results.set(handle, { type: 'failed', error });
    }
  }
  await Promise.all(late);
  return (handle) => {
    const found = results.get(handle) ?? [...results].find(([known]) => sameHandle(known, handle))?.[1];
    if (!found) throw new RuntimeError('this program was not looked at');
    if (found.type === 'seen') return found.look;
    throw new RuntimeError(messageOf(found.error), { cause: found.error });
  };
}

const settle = <Look>(look: Promise<Look>): Promise<Result<Look>> =>
  look.then(
    (seen) => ({ type: 'seen', look: seen }),
    (error: unknown) => ({ type: 'failed', error }),
  );
