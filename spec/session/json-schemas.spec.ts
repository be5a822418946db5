import { Ajv } from 'ajv';
import { makeSession } from '../../fixtures/sessions.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { EVENT_TYPES } from '../../src/session/event.js';
import { eventBodySchema } from '../../src/session/event-schema.js';
import { jsonSchema, type SchemaName } from '../../src/session/json-schemas.js';

const about = { sessionId: 'api-3', projectId: 'shop' };
const stamp = { seq: 7, epoch: 'life', time: '2026-01-05T09:12:33.017Z' };
const evidence = { source: 'tmux', detail: 'it is gone', observedAt: '2026-01-05T09:12:33.017Z' };
const arrival = {
  ...about,
  status: 'working',
  activity: null,
  createdAt: '2026-01-05T09:12:33.017Z',
} as const;
const server = { runtime: 'tmux', server: 'one', message: 'gone' };

/** One event of each type. */
const EVENTS: Record<LifecycleEvent['type'], LifecycleEvent> = {
  session_restored: { type: 'session_restored', ...arrival, ...stamp },
  spawned: { type: 'spawned', ...arrival, ...stamp },
  agent_exited: {
    ...{ type: 'agent_exited', ...about, agent: 'codex', exit: { code: null, signal: null } },
    ...{ at: '2026-01-05T09:12:33.017Z', ...stamp },
  },
  activity_changed: { type: 'activity_changed', ...about, prev: null, next: 'active', evidence, ...stamp },
  status_changed: { type: 'status_changed', ...about, from: 'working', to: 'done', by: 'external', ...stamp },
  terminated: { type: 'terminated', ...about, reason: 'x', exit: { code: null, signal: 'SIGHUP' }, ...stamp },
  session_removed: { type: 'session_removed', ...about, ...stamp },
  session_unreadable: { type: 'session_unreadable', path: '/x', message: 'not JSON', ...stamp },
  tick_error: { type: 'tick_error', stage: 'journal', message: 'full', ...stamp },
  runtime_unavailable: { type: 'runtime_unavailable', ...server, ...stamp },
  runtime_restored: { type: 'runtime_restored', ...server, ...stamp },
  lagged: { type: 'lagged', missed: 3, ...stamp },
};

const without = (value: object, field: string): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== field));

const compile = (name: SchemaName): ((value: unknown) => boolean) => {
  // Every format comes with the pattern that says the same.
  const options = { strict: false, validateFormats: false };
  return new Ajv(options).compile(jsonSchema(name));
};

describe('the JSON Schema of an event', () => {
  const isValid = compile('event');

  it.each(EVENT_TYPES)('takes a %s, and none that lacks a field or has one of another kind', (type) => {
    const event = EVENTS[type];
    expect(isValid(event)).toBe(true);
    for (const field of Object.keys(event).filter((name) => name !== 'evidence')) {
      const rest = without(event, field);
      expect({ field, isValid: isValid(rest) }).toEqual({ field, isValid: false });
      expect({ field, isValid: isValid({ ...event, [field]: { not: 'that' } }) }).toEqual({
        field,
        isValid: false,
      });
    }
  });

  it('knows every type of event, and describes each', () => {
    expect(eventBodySchema.options.map(({ shape }) => shape.type.value)).toEqual([...EVENT_TYPES]);
    for (const option of eventBodySchema.options) expect(option.description).toMatch(/\.$/);
  });

  it('takes fields that are not known yet', () => {
    expect(isValid({ ...EVENTS.session_removed, addedLater: true })).toBe(true);
  });

  it('takes the lines of a snapshot', () => {
    expect(isValid({ type: 'session', session: makeSession() })).toBe(true);
    expect(isValid({ type: 'synced', cursor: 'life:7' })).toBe(true);
    expect(isValid({ type: 'session', session: { id: 'a' } })).toBe(false);
  });
});

describe('the JSON Schema of a record', () => {
  const isValid = compile('record');

  it('takes a record, with fields that others added, and with those left out that have a default', () => {
    const rest = without(without(makeSession({ addedBySomebody: [1] }), 'agent'), 'evidence');
    expect([isValid(makeSession()), isValid(rest)]).toEqual([true, true]);
  });

  it.each([{ id: '../x' }, { status: 'unheard_of' }, { format: 2 }, { createdAt: 'yesterday' }])(
    'refuses one with %j',
    (change) => {
      expect(isValid({ ...makeSession(), ...change })).toBe(false);
    },
  );
});

describe('the JSON Schema of a finding', () => {
  const isValid = compile('finding');
  const finding = { check: 'node', state: 'ok', found: '20.1.0', cure: null };

  it('takes a finding, and none that lacks a field or has a state of another name', () => {
    expect([isValid(finding), isValid({ ...finding, state: 'broken', cure: 'install it' })]).toEqual([
      true,
      true,
    ]);
    for (const field of Object.keys(finding)) expect(isValid(without(finding, field))).toBe(false);
    expect(isValid({ ...finding, state: 'fine' })).toBe(false);
  });
});
