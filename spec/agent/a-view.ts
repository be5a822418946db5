import type { RuntimeView, Signs } from '../../src/runtime/runtime.js';

/** A view in which every program shows the same signs, and the same screen. */
export const aView = (signs: Partial<Signs> | null, screen?: string): RuntimeView => ({
  liveness: () => ({
    state: 'alive',
    evidence: { source: 'fake', detail: 'it runs', observedAt: '2026-03-01T12:00:00.000Z' },
  }),
  signs: () => signs && { lastOutputAt: null, title: '', bell: false, ...signs },
  ...(screen !== undefined && {
    screen: () => Promise.resolve({ rows: screen.split('\n'), cursor: null, isInMode: false }),
  }),
});
