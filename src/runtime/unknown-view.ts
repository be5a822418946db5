import type { RuntimeView } from './runtime.js';

/** A look that saw nothing: every program is unknown, and `detail` says why. */
export function unknownView(detail: string, observedAt: string): RuntimeView {
  const evidence = { source: 'runtime', detail, observedAt };
  return { liveness: () => ({ state: 'unknown', evidence }) };
}
