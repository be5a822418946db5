import type { Session } from '../session/session.js';

/** Whether a session's program ran before it was recorded: only then no launcher of ours notes how it ends. */
export const isAdopted = ({ handle }: Session): boolean => handle?.['exitFile'] === null;
