import type { HookHandler } from './hook-settings.js';

type Json = Readonly<Record<string, unknown>>;

/** The shape of the settings is not the one that its agent documents. */
export class UnexpectedShapeError extends Error {}

/** What calls this program in a command of ours, from wherever it was installed, and for which agent. */
const OWN_COMMAND =
  /^(?<program>.*(?:^|[\s/'"])(?:vitals|dist\/bin\/main\.js)['"]?) hook (?<agent>[a-z-]+)(?: [A-Za-z]+)?$/;

/** Whose hooks they are, and how that agent wants them. */
export interface OwnHooks {
  agent: string;
  events: readonly string[];
  /** Whether handlers stand in groups, `{ hooks: [handler] }`, or by themselves. */
  isGrouped: boolean;
  handlerOf(event: string): HookHandler;
}

/** The hooks with our handler once for each event; what else is there stays in its place. */
export function addHooks(hooks: Json, own: OwnHooks): Json {
  const added: Record<string, unknown> = { ...hooks };
  for (const event of own.events) {
    const entries = entriesOf(hooks, event);
    const handler = own.handlerOf(event);
    added[event] = entries.some((entry) => programsIn(entry, own).length > 0)
      ? entries.map((entry) => mapOwn(entry, own, () => handler))
      : [...entries, own.isGrouped ? { hooks: [handler] } : handler];
  }
  return added;
}

/** The hooks without ours, and without what would be empty by that; undefined if nothing is left. */
export function removeHooks(hooks: Json, own: OwnHooks): Json | undefined {
  const left = Object.keys(hooks).flatMap((event): [string, unknown][] => {
    if (!Array.isArray(hooks[event]) || !hasOwn(hooks, event, own)) return [[event, hooks[event]]];
    const entries = entriesOf(hooks, event)
      .map((entry) => mapOwn(entry, own, () => null))
      .filter((entry) => entry !== null);
    return entries.length > 0 ? [[event, entries]] : [];
  });
  return left.length > 0 || Object.keys(hooks).length === 0 ? Object.fromEntries(left) : undefined;
}

/** The events for which a command of ours is there, of those that are asked for. */
export const listOwnEvents = (hooks: Json, own: OwnHooks): string[] =>
  own.events.filter((event) => hasOwn(hooks, event, own));

/** The events for which a command of ours is there, also those that are not asked for any more. */
export const listAllOwnEvents = (hooks: Json, own: OwnHooks): string[] =>
  Object.keys(hooks).filter(
    (event) => (own.events.includes(event) || Array.isArray(hooks[event])) && hasOwn(hooks, event, own),
  );

/** The programs that the commands of ours call, each once. */
export const listOwnPrograms = (hooks: Json, own: OwnHooks): string[] => [
  ...new Set(own.events.flatMap((event) => entriesOf(hooks, event).flatMap((one) => programsIn(one, own)))),
];

const hasOwn = (hooks: Json, event: string, own: OwnHooks): boolean =>
  entriesOf(hooks, event).some((entry) => programsIn(entry, own).length > 0);

/** An entry with our handlers changed; null if nothing is left of it. */
function mapOwn(entry: Json, own: OwnHooks, change: () => HookHandler | null): Json | null {
  if (programsIn(entry, own).length === 0) return entry;
  if (!own.isGrouped) return change();
  const changed = handlersOf(entry, own).flatMap((handler) => {
    const next = programOf(handler, own) === null ? handler : change();
    return next === null ? [] : [next];
  });
  return changed.length > 0 ? { ...entry, hooks: changed } : null;
}

const programsIn = (entry: Json, own: OwnHooks): string[] =>
  handlersOf(entry, own).flatMap((handler) => programOf(handler, own) ?? []);

/** What a handler of ours calls; null if it is none. */
function programOf({ command, bash }: Json, { agent }: OwnHooks): string | null {
  const text = command ?? bash;
  const found = typeof text === 'string' ? OWN_COMMAND.exec(text)?.groups : undefined;
  return found?.['agent'] === agent ? (found['program'] ?? null) : null;
}

function entriesOf(hooks: Json, event: string): Json[] {
  const value = Object.hasOwn(hooks, event) ? hooks[event] : [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new UnexpectedShapeError(`holds something unknown as its hooks for ${event}`);
}

function handlersOf(entry: Json, { isGrouped }: OwnHooks): Json[] {
  if (!isGrouped) return [entry];
  const { hooks = [] } = entry;
  if (Array.isArray(hooks) && hooks.every(isObject)) return hooks;
  throw new UnexpectedShapeError('holds something unknown in its hooks');
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
