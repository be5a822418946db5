import type { LifecycleEvent } from '../../index.js';

/** Repeated flags are alternatives; flags of different kinds must all fit. None hides a `lagged`. */
export interface EventFilter {
  type?: string[] | undefined;
  /** Each an `ID` or `PROJECT/ID`. */
  session?: string[] | undefined;
  project?: string[] | undefined;
}

/** Whether an event is wanted. */
export function fitsFilter(event: LifecycleEvent, { type, session, project }: EventFilter): boolean {
  if (event.type === 'lagged') return true;
  const { sessionId, projectId } = 'sessionId' in event ? event : {};
  const isOneOf = (wanted: string[] | undefined, ...names: (string | undefined)[]): boolean =>
    wanted === undefined || names.some((name) => name !== undefined && wanted.includes(name));
  return (
    isOneOf(type, event.type) &&
    isOneOf(session, sessionId, sessionId === undefined ? undefined : `${projectId ?? ''}/${sessionId}`) &&
    isOneOf(project, projectId)
  );
}
