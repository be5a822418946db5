import { messageOf } from '../session/message-of.js';
import { RuntimeError } from './runtime-error.js';

/**
 * Looks at every handle, and resolves to what answers for each of them from that one look. A handle that could not be
 * judged is a `RuntimeError` when it is asked about, and harms no other.
 */
export async function gatherLooks<Handle, Look>(
  handles: readonly Handle[],
  look: (handle: Handle) => Promise<Look>,
): Promise<(handle: Handle) => Look> {
  const looks = await Promise.allSettled(handles.map(look));
  const byHandle = new Map(handles.map((handle, index) => [JSON.stringify(handle), looks[index]]));
  return (handle) => {
    const found = byHandle.get(JSON.stringify(handle));
    if (!found) throw new RuntimeError('this program was not looked at');
    if (found.status === 'fulfilled') return found.value;
    throw new RuntimeError(messageOf(found.reason), { cause: found.reason });
  };
}
