import { textWidth } from '../../../cli/text/fit-text.js';
import { renderSessions } from '../../../cli/text/render-sessions.js';
import { makeSession } from '../../../fixtures/sessions.js';

const NOW = Date.parse('2026-01-01T00:10:00.000Z');
const SESSIONS = [
  makeSession({ agent: 'claude-code', command: ['claude', '--session-id', '0'.repeat(36)] }),
  makeSession({ id: 'b', command: ['日本語'.repeat(20)] }),
  makeSession({ id: 'c', command: ['make', 'test'] }),
];
const linesOf = (columns: number | undefined): string[] =>
  renderSessions(SESSIONS, { now: NOW, columns }).trimEnd().split('\n');

describe('the table of sessions', () => {
  it.each([80, 100, 120])('takes no more than the %d columns of the terminal', (columns) => {
    for (const line of linesOf(columns)) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  it('cuts nothing but the command, and that only where there is no room', () => {
    expect(linesOf(120)[1]).toContain(`claude --session-id ${'0'.repeat(19)}…`);
    expect(linesOf(80)[1]).toMatch(/ fake +clau\S*.*…/);
    expect(linesOf(80)[3]).toMatch(/shop\/c +working .* make test *$/);
  });

  it('shows something of the command in however few columns, and 40 of it where nobody knows how many', () => {
    expect(linesOf(20)[1]).toMatch(/ claude…/);
    expect(linesOf(undefined)[1]).toContain(`claude --session-id ${'0'.repeat(19)}…`);
  });
});
