import { handleSchema, sameHandle, type Handle } from '../../src/session/handle.js';

const pane: Handle = { type: 'tmux', paneId: '%5', panePid: 9120 };

describe('sameHandle', () => {
  it.each<[string, Handle | null, Handle | null]>([
    ['the very same', pane, pane],
    ['two that say the same', pane, { ...pane }],
    ['two whose fields come in another order', pane, { panePid: 9120, paneId: '%5', type: 'tmux' }],
    ['two that say the same in depth', { type: 'x', at: { host: 'a' } }, { type: 'x', at: { host: 'a' } }],
    ['none and none', null, null],
  ])('is true of %s', (_title, one, other) => expect(sameHandle(one, other)).toBe(true));

  it.each<[string, Handle | null, Handle | null]>([
    ['one and none', pane, null],
    ['none and one', null, pane],
    ['two that differ in a field', pane, { ...pane, panePid: 9121 }],
    ['two of which one says more', pane, { ...pane, exitFile: '/x' }],
    ['two of different types', pane, { ...pane, type: 'process' }],
    ['a number and its text', pane, { ...pane, panePid: '9120' }],
    ['two that differ in depth', { type: 'x', at: { host: 'a' } }, { type: 'x', at: { host: 'b' } }],
  ])('is false of %s', (_title, one, other) => expect(sameHandle(one, other)).toBe(false));
});

describe('a handle on disk', () => {
  it('keeps fields that only its runtime knows', () => expect(handleSchema.parse(pane)).toEqual(pane));

  it.each([{}, { type: '' }, { type: 7 }, null, 'tmux'])('is not %p', (value) =>
    expect(handleSchema.safeParse(value).success).toBe(false),
  );
});
