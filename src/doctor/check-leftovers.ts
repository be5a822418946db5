import type { Finding } from '../session/finding.js';
import { warning } from '../session/make-finding.js';
import { findLeftovers } from '../store/find-leftovers.js';
import type { Checkup } from './checkup.js';

/** No write takes so long: what is older was left behind. */
const WRITING_MS = 60_000;

/** Whether killed writers left unfinished files behind. */
export async function checkLeftovers({
  layout: { home },
  clock,
}: Pick<Checkup, 'layout' | 'clock'>): Promise<Finding[]> {
  const [first, ...others] = await findLeftovers(home, { before: clock.now() - WRITING_MS });
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const found = `a writer that was killed left ${first}${more}; it does no harm`;
  return [
    warning(
      'records',
      found,
      'vitals list clears away what is proven to be left; remove the rest while no vitals runs',
    ),
  ];
}
