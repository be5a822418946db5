import type { HookHandler } from './hook-settings.js';

type Json = Readonly<Record<string, unknown>>;

/** The shape of the settings is not the one that its agent documents. */
export class UnexpectedShapeError extends Error {}

/** Whether a command is a call of ours for this agent, from wherever it was installed. */
export const isOwnCommand = (command: unknown, agent: string): command is string =>
  typeof command === 'string' && OWN_PROGRAM.test(command) && command.endsWith(` hook ${agent}`);

const OWN_PROGRAM = /(^|[\s/'"])(vitals|dist\/bin\/main\.js)['"]? hook [a-z-]+$/;

/** The hooks with this handler once for each event; what else is there stays in its place. */
export function addHooks(hooks: Json, { agent, events, handler }: OwnHooks): Json {
  const added: Record<string, unknown> = { ...hooks };
  for (const event of events) {
    const groups = groupsOf(hooks, event);
    const hasOwn = groups.some((group) =>
      handlersOf(group).some(({ command }) => isOwnCommand(command, agent)),
    );
    added[event] = hasOwn
      ? groups.map((group) => mapOwn(group, agent, () => handler))
      : [...groups, { hooks: [handler] }];
  }
  return added;
}

/** The hooks without ours, and without what would be empty by that; undefined if nothing is left. */
export function removeHooks(hooks: Json, { agent }: Pick<OwnHooks, 'agent'>): Json | undefined {
  const left = Object.keys(hooks).flatMap((event): [string, unknown][] => {
    const value = hooks[event];
    if (!Array.isArray(value) || !hasOwnHook(hooks, event, agent)) return [[event, value]];
    const groups = groupsOf(hooks, event)
      .map((group) => mapOwn(group, agent, () => null))
      .filter((group) => group !== null);
    return groups.length > 0 ? [[event, groups]] : [];
  });
  return left.length > 0 || Object.keys(hooks).length === 0 ? Object.fromEntries(left) : undefined;
}

/** The events for which a command of ours is there. */
export const listOwnEvents = (hooks: Json, { agent, events }: Omit<OwnHooks, 'handler'>): string[] =>
  events.filter((event) => hasOwnHook(hooks, event, agent));

/** The programs that the commands of ours call, each once. */
export const listOwnPrograms = (hooks: Json, { agent, events }: Omit<OwnHooks, 'handler'>): string[] => {
  const commands = events
    .flatMap((event) => groupsOf(hooks, event).flatMap(handlersOf))
    .map(({ command }) => command);
  const own = commands.filter((command) => isOwnCommand(command, agent));
  return [...new Set(own.map((command) => command.slice(0, -` hook ${agent}`.length)))];
};

export interface OwnHooks {
  agent: string;
  events: readonly string[];
  handler: HookHandler;
}

const hasOwnHook = (hooks: Json, event: string, agent: string): boolean =>
  groupsOf(hooks, event).some((group) =>
    handlersOf(group).some(({ command }) => isOwnCommand(command, agent)),
  );

function mapOwn(group: Json, agent: string, change: () => HookHandler | null): Json | null {
  const handlers = handlersOf(group);
  if (!handlers.some(({ command }) => isOwnCommand(command, agent))) return group;
  const changed = handlers.flatMap((handler) => {
    const next = isOwnCommand(handler['command'], agent) ? change() : handler;
    return next === null ? [] : [next];
  });
  return changed.length > 0 ? { ...group, hooks: changed } : null;
}

function groupsOf(hooks: Json, event: string): Json[] {
  const value = Object.hasOwn(hooks, event) ? hooks[event] : [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new UnexpectedShapeError(`holds something unknown as its hooks for ${event}`);
}

function handlersOf({ hooks = [] }: Json): Json[] {
  if (Array.isArray(hooks) && hooks.every(isObject)) return hooks;
  throw new UnexpectedShapeError('holds something unknown in its hooks');
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
