import { drawPage } from '../../../scripts/live/page.js';
import { describeResults, type Result } from '../../../scripts/live/report.js';
import { emptyScore, type Trial } from '../../../scripts/live/score.js';
import { RELEASES } from '../../../scripts/live/versions.js';

const send = (state: string, outcome: string, isRight: boolean): Trial => ({
  ...{ command: 'send', text: 'one line', detail: '' },
  ...{ state, outcome, isRight },
});

const result = (scenario: string, some: Partial<Result>): Result => ({
  ...{ agent: 'codex', version: RELEASES.codex.current, hooks: 'on', folder: '/runs/1', load: 2 },
  ...{ ranAt: '2026-11-27T12:00:00.000Z', notes: [], trials: [], score: emptyScore() },
  scenario,
  ...some,
});

const scored = {
  ...emptyScore(),
  judgedS: 40,
  agreeingS: 39,
  lagsMs: [500, 900, 2500],
  waits: 2,
  waitsFound: 1,
};
const results = [
  result('approve', { score: scored }),
  result('kill-in-turn', {
    score: { ...emptyScore(), judgedS: 10, agreeingS: 10 },
    notes: ['KILL LEFT WORK: x'],
  }),
  result('send-at-rest', { trials: [send('at-rest', 'submitted', true), send('at-rest', 'refused', true)] }),
  result('send-trust', { trials: [send('trust', 'submitted', false)] }),
];

describe('the page of agents', () => {
  const page = drawPage(results);

  it('has a row for each version and mode that was run, summed over its scenarios', () => {
    expect(page).toContain(
      `| codex | ${RELEASES.codex.current} | on | 2026-11-27 | 2 | 98 % | 50 s | 0.9 s | 2.5 s | 0 | 1 of 2 | – | – | 0 |`,
    );
  });

  it('has a row for each scenario, hooks off and on', () => {
    expect(page).toMatch(/\| \*\*approve\*\*: [^|]+ \| – \/ 98 \|/);
  });

  it('counts what send did wrongly, and says what a kill has left', () => {
    const { current } = RELEASES.codex;
    expect(page).toContain(`| codex | ${current} | on | send | 3 | 2 | 0 | 1 | 1 | at-rest, trust |`);
    expect(page).toContain(`Something went on: codex ${current} (hooks on).`);
  });
});

it('the table for people has the scores, then the tries', () => {
  const [scores = '', tries = ''] = describeResults(results).split('\n\n');
  expect(scores.split('\n')).toHaveLength(4);
  expect(tries.split('\n').at(-1)).toMatch(/^codex .* send trust +1 +1 +0 +0 +1$/);
});
