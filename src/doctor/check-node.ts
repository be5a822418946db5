import type { Finding } from '../session/finding.js';
import { broken, ok } from '../session/make-finding.js';

const OLDEST_NODE = 20;

/** Whether this is a Node.js that is supported. */
export function checkNode(
  _checkup: unknown,
  { version = process.versions.node }: { version?: string } = {},
): Finding[] {
  return Number.parseInt(version, 10) < OLDEST_NODE
    ? [broken('node', `${version} is too old`, `install Node.js ${OLDEST_NODE} or later`)]
    : [ok('node', version)];
}
