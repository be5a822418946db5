import { env, stdout } from 'node:process';
import { isatty } from 'node:tty';
import pc from 'picocolors';

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
const isWanted = isSet(env.FORCE_COLOR) ? env.FORCE_COLOR !== '0' : isatty(stdout.fd) && env.TERM !== 'dumb';

/** Colours for stdout: on a terminal alone, unless `NO_COLOR` or `FORCE_COLOR` says otherwise (https://no-color.org). */
export const colours = pc.createColors(!isSet(env.NO_COLOR) && isWanted);
