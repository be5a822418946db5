/** A column: at least `min` wide, and no wider than `ideal`. */
export interface Column {
  name: string;
  min: number;
  ideal: number;
}

const GAP = 2;

/** A column's place, from 0, and its width. */
export interface Place {
  start: number;
  width: number;
}

/**
 * Places columns into a width. They come in the order in which they stand, `byNeed` names them in the order of their
 * worth: the least worthy are left out first, and the worthiest grow first.
 */
export function fitColumns(
  columns: readonly Column[],
  { width, byNeed }: { width: number; byNeed: readonly string[] },
): Map<string, Place> {
  const worthiest = byNeed.flatMap((name) => columns.filter((column) => column.name === name));
  const kept = worthiest.slice(0, 1);
  const widthOf = (chosen: readonly Column[]): number =>
    chosen.reduce((sum, { min, ideal }) => sum + Math.min(min, ideal), GAP * (chosen.length - 1));
  for (const column of worthiest.slice(1)) {
    if (widthOf([...kept, column]) > width) break;
    kept.push(column);
  }
  let spare = Math.max(0, width - widthOf(kept));
  const widths = new Map<string, number>();
  for (const { name, min, ideal } of kept) {
    const grown = Math.min(spare, Math.max(0, ideal - min));
    widths.set(name, Math.min(width, Math.min(min, ideal) + grown));
    spare -= grown;
  }
  const places = new Map<string, Place>();
  let start = 0;
  for (const { name } of columns) {
    const own = widths.get(name);
    if (own === undefined) continue;
    places.set(name, { start, width: own });
    start += own + GAP;
  }
  return places;
}
