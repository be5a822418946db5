import type { Finding } from '../session/finding.js';
import type { Checkup } from './checkup.js';

/** Whether each runtime works on this machine, as it says itself. */
export async function checkRuntimes({ runtimes }: Pick<Checkup, 'runtimes'>): Promise<Finding[]> {
  const findings = Object.values(runtimes).map((runtime) => runtime.diagnose?.() ?? Promise.resolve([]));
  return (await Promise.all(findings)).flat();
}
