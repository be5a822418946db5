import type { Stats } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { errorCode } from '../session/error-code.js';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { quoteWord } from '../session/quote-word.js';
import { findOpenPlaces } from '../store/find-open-places.js';
import { resolveHome } from '../store/home-layout.js';
import { listRooms } from '../store/list-rooms.js';
import type { Checkup } from './checkup.js';
import { findNearest } from './find-nearest.js';

const ANOTHER = 'name another home with --home or VITALS_HOME';

/** Whether the home can be written, by its owner alone, or can be made where it is not there yet. */
export async function checkHome({ layout, env }: Pick<Checkup, 'layout' | 'env'>): Promise<Finding[]> {
  const { home } = layout;
  const nearest = await lookFor(home);
  if (!nearest) return [broken('home', `${home} can't be looked at: permission denied`, ANOTHER)];
  const { path, stats } = nearest;
  if (!stats.isDirectory()) return [broken('home', `${home} can't be: ${path} is no directory`, ANOTHER)];
  for (const place of path === home ? [home, ...(await listRooms(home))] : [path]) {
    if (!(await canBeWritten(place))) return [refused(place, stats.uid)];
  }
  const isThere = path === home;
  return [
    ok('home', isThere ? `${home} can be written` : `${home} is not there yet: what needs it makes it`),
    ...(isThere ? checkOwner(home, stats.uid) : []),
    ...(await checkPrivacy(layout)),
    ...checkVariable(home, env),
  ];
}

async function lookFor(home: string): Promise<{ path: string; stats: Stats } | null> {
  try {
    return await findNearest(home);
  } catch (error) {
    if (errorCode(error) === 'EACCES') return null;
    throw error;
  }
}

async function canBeWritten(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}

function refused(path: string, ownerId: number): Finding {
  const isOwn = ownerId === process.getuid?.();
  return broken(
    'home',
    `${path} can't be written${isOwn ? '' : `: it belongs to user ${ownerId}`}`,
    isOwn ? `chmod u+rwx ${quoteWord(path)}, or ${ANOTHER}` : ANOTHER,
  );
}

function checkOwner(home: string, ownerId: number): Finding[] {
  const uid = process.getuid?.();
  if (uid === undefined || uid === ownerId) return [];
  const found = `${home} belongs to user ${ownerId}, and this is user ${uid}: the two can't use it together`;
  return [warning('home', found, `run vitals as user ${ownerId}, or ${ANOTHER}`)];
}

async function checkPrivacy(layout: Checkup['layout']): Promise<Finding[]> {
  const places = await findOpenPlaces(layout);
  if (places.length === 0) return [];
  const shown = places.map(({ path, mode }) => `${path} (${mode})`).join(', ');
  const cure = `chmod -R go= ${quoteWord(layout.home)}`;
  return [warning('home', `others than you have access to ${shown}`, cure)];
}

function checkVariable(home: string, env: NodeJS.ProcessEnv): Finding[] {
  const named = env['VITALS_HOME'];
  if (!named || isAbsolute(named) || resolveHome({ env }) !== home) return [];
  const found = `VITALS_HOME is ${named}, which is another home in every directory`;
  return [warning('home', found, `export VITALS_HOME=${quoteWord(home)}`)];
}
