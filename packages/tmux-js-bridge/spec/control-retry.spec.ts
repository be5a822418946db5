import { ControlRetry } from '../src/control-retry.js';

it('tries again by itself after longer and longer pauses, of a second at most', () => {
  const retry = new ControlRetry();
  const pauses = Array.from({ length: 7 }, () => retry.pauseAfter({ type: 'unreachable' }));

  expect(pauses.map(({ pauseMs }) => pauseMs)).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
  expect(pauses.every(({ type }) => type === 'timer')).toBe(true);
});

it('begins anew after a connection that lasted, and only after such', () => {
  const retry = new ControlRetry();
  retry.pauseAfter({ type: 'unreachable' });

  expect(retry.pauseAfter({ type: 'lost', lastedMs: 999 })).toEqual({ type: 'timer', pauseMs: 100 });
  expect(retry.pauseAfter({ type: 'lost', lastedMs: 1000 })).toEqual({ type: 'timer', pauseMs: 50 });
});

it('waits for a run that shows a server, where none is to be attached to', () => {
  const retry = new ControlRetry();

  expect(retry.pauseAfter({ type: 'unwelcome' })).toEqual({ type: 'run', pauseMs: 1000 });
  expect(retry.pauseAfter({ type: 'refused' })).toEqual({ type: 'run', pauseMs: 10_000 });
});
