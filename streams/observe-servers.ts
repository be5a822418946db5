import { catchError, from, map, mergeMap, of, timeout, type Observable, type SchedulerLike } from 'rxjs';
import type { RuntimeView } from '../src/runtime/runtime.js';
import { unknownView } from '../src/runtime/unknown-view.js';
import type { Clock } from '../src/session/clock.js';
import { messageOf } from '../src/session/message-of.js';
import { checkView } from './answers/check-view.js';
import { expectPromise } from './answers/expect-promise.js';
import { fromAbortable } from './from-abortable.js';
import type { ServerGroup } from '../src/runtime/group-by-server.js';

/** The sessions of one server, with the server as it was after their records were read. */
export interface ObservedServer {
  group: ServerGroup;
  view: RuntimeView;
}

export interface ObserveOptions {
  probeTimeoutMs: number;
  scheduler: SchedulerLike;
  clock: Clock;
}

/** Looks at each server once, side by side; one that doesn't answer in time is an outage of that one alone. */
export function observeServers(
  groups: readonly ServerGroup[],
  options: ObserveOptions,
): Observable<ObservedServer> {
  return from(groups).pipe(
    mergeMap((group) => observeServer(group, options).pipe(map((view) => ({ group, view })))),
  );
}

function observeServer(group: ServerGroup, options: ObserveOptions): Observable<RuntimeView> {
  const { probeTimeoutMs, scheduler, clock } = options;
  const blind = (message: string): RuntimeView => unknownView(message, new Date(clock.now()).toISOString());
  const outage = (message: string): RuntimeView => ({
    ...blind(message),
    outage: { server: group.server, message },
  });

  if (group.type === 'unaskable') return of(blind(group.message));
  const ask = (options: { signal: AbortSignal }): Promise<RuntimeView> =>
    expectPromise(group.host.observe(group.handles, options), "the runtime's observe()");
  return fromAbortable(ask).pipe(
    map(checkView),
    timeout({
      first: probeTimeoutMs,
      scheduler,
      with: () => of(outage(`${group.server} did not answer within ${probeTimeoutMs} ms`)),
    }),
    catchError((error: unknown) => of(outage(messageOf(error)))),
  );
}
