/** The one thing that must be quick to load: what agents call as their hook. Everything else is in index.ts. */
export { recordHook } from './src/hook/record-hook.js';
export { messageOf } from './src/session/message-of.js';
