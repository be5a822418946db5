import type { SessionHost } from '../runtime/session-host.js';
import type { ControlContext } from './control-context.js';
import { InvalidRequestError } from './invalid-request-error.js';

/** The runtime of this name. @throws {InvalidRequestError} if there is none. */
export function findHost(name: string, { runtimes }: Pick<ControlContext, 'runtimes'>): SessionHost {
  const host = Object.hasOwn(runtimes, name) ? runtimes[name] : undefined;
  if (host) return host;
  throw new InvalidRequestError(
    `there is no runtime ${JSON.stringify(name)}: take one of ${Object.keys(runtimes).join(', ')}`,
  );
}
