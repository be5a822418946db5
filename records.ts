/** The records alone, quick to load: what the commands need that only read them. Everything else is in index.ts. */
export { SessionManager } from './src/store/session-manager.js';
export { resolveHome } from './src/store/home-layout.js';
export { systemClock } from './src/process/system-clock.js';
export type { Clock } from './src/session/clock.js';
