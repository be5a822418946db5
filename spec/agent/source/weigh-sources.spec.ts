import {
  readingOf,
  SETTLE_MS,
  weighSources,
  WEIGHING_RULES,
  type WeighingRule,
} from '../../../src/agent/source/weigh-sources.js';
import { SourceError } from '../../../src/agent/source/source-error.js';
import type { Source, SourceReading } from '../../../src/agent/source/source-reading.js';
import type { Activity } from '../../../src/session/activity.js';

const NOW = Date.parse('2026-01-05T09:00:00.000Z');

/** A source's answer, `ageMs` old. */
const says = (
  source: Source,
  activity: Activity,
  ageMs: number,
  more: Partial<SourceReading> = {},
): SourceReading => ({
  ...{ source, state: 'answered', activity, detail: `${source} says ${activity}` },
  observedAt: new Date(NOW - ageMs).toISOString(),
  ...more,
});

const silent = (source: Source): SourceReading => ({
  ...{ source, state: 'silent', activity: null, detail: 'nothing' },
  observedAt: new Date(NOW).toISOString(),
});

const OLD = SETTLE_MS + 1;
const drawnDialog = says('screen', 'waiting_input', 0, { isDialog: true });
const spinner = says('screen', 'active', 0);
const box = says('screen', 'ready', 0);
const weakBox = says('screen', 'ready', 0, { isWeak: true });
const lostBox = says('screen', 'waiting_input', 0);
const asked = (ageMs: number): SourceReading => says('hook', 'waiting_input', ageMs);
const stopped = (ageMs: number): SourceReading => says('hook', 'ready', ageMs);
const question = (ageMs: number): SourceReading =>
  says('transcript', 'waiting_input', ageMs, { isTurnOver: true });

type Row = [
  name: string,
  readings: SourceReading[],
  rule: WeighingRule,
  source: Source | null,
  activity: Activity | null,
];

const TABLE: Row[] = [
  [
    'a dialog beats a hook of this instant',
    [says('hook', 'active', 0), drawnDialog],
    'dialog_is_drawn',
    'screen',
    'waiting_input',
  ],
  [
    'a dialog beats a title at rest',
    [says('title', 'ready', 0), drawnDialog],
    'dialog_is_drawn',
    'screen',
    'waiting_input',
  ],
  [
    'a dialog beats a status file at work',
    [says('status_file', 'active', 0), drawnDialog],
    'dialog_is_drawn',
    'screen',
    'waiting_input',
  ],
  [
    'a hook of this instant beats the box that is still drawn',
    [says('hook', 'active', 1), box],
    'edge_is_newer',
    'hook',
    'active',
  ],
  [
    'a question of this instant beats the sign of work that is still drawn',
    [asked(1), spinner],
    'edge_is_newer',
    'hook',
    'waiting_input',
  ],
  [
    'an approved question yields to the sign of work',
    [asked(OLD), spinner],
    'sign_is_shown',
    'screen',
    'active',
  ],
  [
    'a question that was answered yields to a box at rest',
    [asked(OLD), box],
    'sign_is_shown',
    'screen',
    'ready',
  ],
  [
    'a turn that was interrupted without a hook yields to the box',
    [says('hook', 'active', OLD), box],
    'sign_is_shown',
    'screen',
    'ready',
  ],
  [
    'a later status file beats a hook',
    [says('hook', 'active', 9_000), says('status_file', 'ready', 8_000), box],
    'agent_keeps_it',
    'status_file',
    'ready',
  ],
  [
    'a later hook beats a status file',
    [says('hook', 'active', 500), says('status_file', 'ready', 8_000)],
    'edge_is_newer',
    'hook',
    'active',
  ],
  [
    'what is drawn settles a hook against an older status file',
    [asked(OLD), says('status_file', 'active', 9_000), spinner],
    'sign_is_shown',
    'screen',
    'active',
  ],
  [
    'a status file at work beats a box at rest',
    [says('status_file', 'active', 60_000), box],
    'agent_keeps_it',
    'status_file',
    'active',
  ],
  [
    'a status file that waits beats a screen without a known dialog',
    [says('status_file', 'waiting_input', 9_000), spinner],
    'agent_keeps_it',
    'status_file',
    'waiting_input',
  ],
  [
    'a server beats a hook of this instant',
    [stopped(1), says('server', 'active', 0)],
    'agent_keeps_it',
    'server',
    'active',
  ],
  [
    'a program for one prompt works until it ends',
    [says('process', 'active', 0), stopped(1), box],
    'agent_keeps_it',
    'process',
    'active',
  ],
  ['a title at work beats a box', [says('title', 'active', 0), box], 'sign_is_shown', 'title', 'active'],
  [
    'a sign of work beats a title at rest',
    [says('title', 'ready', 0), spinner],
    'sign_is_shown',
    'screen',
    'active',
  ],
  [
    'a box that is gone waits, whatever the transcript says',
    [says('transcript', 'active', OLD), lostBox],
    'sign_is_shown',
    'screen',
    'waiting_input',
  ],
  [
    'an empty box proves nothing where the transcript goes on',
    [says('transcript', 'active', OLD), weakBox],
    'edge_alone',
    'transcript',
    'active',
  ],
  [
    'an empty box shows that a question was answered',
    [asked(OLD), weakBox],
    'dialog_is_gone',
    'screen',
    'active',
  ],
  ['an empty box alone is rest', [silent('hook'), weakBox], 'rest_is_shown', 'screen', 'ready'],
  [
    'a question in prose refines rest',
    [stopped(OLD), box, question(OLD + 10)],
    'sign_is_shown',
    'transcript',
    'waiting_input',
  ],
  [
    'a question in prose is told where no level speaks',
    [stopped(OLD), question(OLD + 10)],
    'edge_alone',
    'transcript',
    'waiting_input',
  ],
  [
    'what is left in the background is told by the transcript',
    [stopped(OLD), says('transcript', 'active', OLD + 9, { isTurnOver: true })],
    'edge_alone',
    'transcript',
    'active',
  ],
  [
    'the last of two edges counts',
    [says('hook', 'active', 9_000), says('transcript', 'ready', 3_000)],
    'edge_alone',
    'transcript',
    'ready',
  ],
  [
    'of two edges of one moment the first counts',
    [says('hook', 'active', 9_000), says('transcript', 'ready', 9_000)],
    'edge_alone',
    'hook',
    'active',
  ],
  [
    'a bell counts where nothing is shown',
    [says('bell', 'waiting_input', 10), says('transcript', 'active', 9_000)],
    'edge_alone',
    'bell',
    'waiting_input',
  ],
  [
    'a bell yields to what is shown',
    [says('bell', 'waiting_input', 10), spinner],
    'sign_is_shown',
    'screen',
    'active',
  ],
  ['nothing says', [silent('hook'), silent('screen')], 'nothing_says', null, null],
];

it.each(TABLE)('%s', (_, readings, rule, source, activity) => {
  const weighed = weighSources(readings, NOW);

  expect([weighed.rule, weighed.reading?.source ?? null, weighed.reading?.activity ?? null]).toEqual([
    rule,
    source,
    activity,
  ]);
});

it('tries every rule in this table', () => {
  expect(new Set(TABLE.map(([, , rule]) => rule))).toEqual(new Set(WEIGHING_RULES));
});

it('tells the error that ended a turn, and sees the rest', () => {
  const ended = says('transcript', 'ready', 9_000, { isTurnOver: true, error: '400 bad request' });

  expect(readingOf([box, ended], NOW)).toMatchObject({
    activity: 'ready',
    evidence: { source: 'transcript', error: '400 bad request' },
  });
});

it('is an error where no source says and one of them cannot be read', () => {
  const broken: SourceReading = { ...silent('transcript'), state: 'failed', detail: 'EACCES' };

  expect(() => readingOf([silent('hook'), broken], NOW)).toThrow(SourceError);
});

it('is unknown with a reason where no source says', () => {
  expect(readingOf([silent('hook'), silent('transcript')], NOW)).toEqual({
    activity: null,
    evidence: { source: 'transcript', detail: 'nothing', observedAt: new Date(NOW).toISOString() },
  });
});
