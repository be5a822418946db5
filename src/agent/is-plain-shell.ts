import { basename } from 'node:path';
import type { Session } from '../session/session.js';
import { isAdopted } from './is-adopted.js';

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish']);

/** Whether a session was recorded for a shell that somebody types in: agents come and go there, and the session stays. */
export const isPlainShell = (session: Session): boolean =>
  session.agent === 'screen' && (isAdopted(session) || isBareShell(session.command));

// A login shell's name begins with a dash; what follows -c is a program of its own.
const isBareShell = ([program = '', ...args]: readonly string[]): boolean =>
  SHELLS.has(basename(program).replace(/^-/, '')) && args.every((arg) => /^-(-|[^c-][^c]*$)/.test(arg));
