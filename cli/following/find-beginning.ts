import { EmptyCursorFileError, type After, type CursorFile, type LifecycleManager } from '../../index.js';

/** Where lines begin: with the snapshot, or after a place; null is with what is told from now on. */
export interface Beginning {
  after: After | null;
  snapshot: boolean;
}

/**
 * Where to begin: a cursor file that is there says it. Into one that is not, the place is written at once, so that whoever
 * goes on from it misses nothing, even if this run tells nothing or is killed. A snapshot has a cursor once it is told.
 */
export async function findBeginning(
  manager: LifecycleManager,
  cursorFile: CursorFile | null,
  { after, snapshot, resync }: Beginning & { resync: boolean },
): Promise<Beginning> {
  if (!cursorFile) return { after, snapshot };
  const kept = await readKept(cursorFile, { mayBeLost: resync || snapshot });
  if (snapshot || kept === 'lost') return { after: null, snapshot: true };
  if (kept !== null) return { after: { cursor: kept }, snapshot };
  const cursor = manager.findCursor(after ?? 'now');
  cursorFile.note(cursor);
  await cursorFile.flush();
  return { after: { cursor }, snapshot };
}

/** What was lost can be told anew; what is somebody else's is left to them. */
async function readKept(
  cursorFile: CursorFile,
  { mayBeLost }: { mayBeLost: boolean },
): Promise<string | null> {
  try {
    return await cursorFile.read();
  } catch (error) {
    if (mayBeLost && error instanceof EmptyCursorFileError) return 'lost';
    throw error;
  }
}
