/** A point in a home's events: after the event with this number, told in this life of the loop. */
export interface Place {
  epoch: string;
  /** 0 is before the first. */
  seq: number;
}

/** Before all that a home will ever tell, where it has told nothing yet. No life of the loop is called so. */
export const ORIGIN: Place = { epoch: 'origin', seq: 0 };

/** A place as readers keep it: opaque to them. */
export const formatCursor = ({ epoch, seq }: Place): string => `${epoch}:${seq}`;

/** The place of a cursor; null if it is none. */
export function parseCursor(cursor: string): Place | null {
  const [, epoch = '', seq = ''] = /^([0-9A-Za-z-]{1,64}):(\d{1,15})$/.exec(cursor.trim()) ?? [];
  return epoch === '' ? null : { epoch, seq: Number(seq) };
}
