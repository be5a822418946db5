import { sameHandle, type Handle } from '../session/handle.js';
import { messageOf } from '../session/message-of.js';
import { RuntimeError } from './runtime-error.js';

/**
 * Looks at every handle, and resolves to what answers for each of them from that one look. A handle that could not be
 * judged is a `RuntimeError` when it is asked about, and harms no other.
 */
export async function gatherLooks<Known extends Handle, Look>(
  handles: readonly Known[],
  look: (handle: Known) => Promise<Look>,
): Promise<(handle: Handle) => Look> {
  const looks = new Map<Handle, PromiseSettledResult<Look>>();
  await Promise.all(
    handles.map(async (handle) => {
      const [result] = await Promise.allSettled([look(handle)]);
      looks.set(handle, result);
    }),
  );
  return (handle) => {
    const found = looks.get(handle) ?? [...looks].find(([known]) => sameHandle(known, handle))?.[1];
    if (!found) throw new RuntimeError('this program was not looked at');
    if (found.status === 'fulfilled') return found.value;
    throw new RuntimeError(messageOf(found.reason), { cause: found.reason });
  };
}
