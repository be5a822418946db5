import { AIDER_HISTORY } from '../../../src/agent/aider/aider-history.js';
import { foldLines } from '../fold-lines.js';

const STARTED = [
  '',
  '# aider chat started at 2026-03-01 12:00:00',
  '',
  '> Aider v0.86.2  ',
  '> Git repo: .git with 1 files  ',
];
const TOKENS = '> Tokens: 2.5k sent, 16 received. Cost: $0.00013 message, $0.00013 session.  ';
const ASKED = [...STARTED, '', '#### Write it.  ', ''];
const ANSWERED = [...ASKED, 'Written.', '', TOKENS];

const judge = (lines: string[], { quietMs = 60_000 } = {}) =>
  AIDER_HISTORY.judge(foldLines(AIDER_HISTORY, lines), { quietMs })?.activity ?? null;

describe("aider's history", () => {
  it.each([
    ['a start', STARTED, 'ready'],
    ['a prompt', ASKED, 'active'],
    ['a prompt of two lines', [...STARTED, '#### Write it  ', '#### /and no command  '], 'active'],
    ['words of an answer', [...ASKED, 'Let me'], 'active'],
    ['an answer', ANSWERED, 'ready'],
    ['what it then did', [...ANSWERED, '> Applied edit to a.txt  ', '> Commit 1234567 feat: a  '], 'ready'],
    ['an answer that asks', [...ASKED, 'Which file?', '', TOKENS], 'waiting_input'],
    [
      'leave to mend what it broke',
      [...ANSWERED, '> Attempt to fix lint errors? (Y)es/(N)o [Yes]: y  '],
      'active',
    ],
    ['a refusal of that', [...ANSWERED, '> Attempt to fix lint errors? (Y)es/(N)o [Yes]: n  '], 'ready'],
    [
      'a file that was added by an answer',
      [...ANSWERED, '> Add file to the chat? (Y)es/(N)o [Yes]: y  '],
      'active',
    ],
    ['a command', [...ANSWERED, '#### /model other  ', '> Main model: other  '], 'ready'],
    ['a question by a command', [...ANSWERED, '#### /ask what is it  '], 'active'],
    ['a program of the person', [...ANSWERED, '#### /run sleep 9  '], 'active'],
    [
      'its output',
      [...ANSWERED, '#### !ls  ', '> Add 0.1k tokens of command output to the chat? (Y)es/(N)o [Yes]: n  '],
      'ready',
    ],
    ['an interruption', [...ASKED, '> ^C again to exit  '], 'ready'],
    ['an API error', [...ASKED, '> litellm.AuthenticationError: no key  '], 'ready'],
    [
      'an API error that it retries',
      [...ASKED, '> litellm.RateLimitError: slow down  ', '> Retrying in 0.2 seconds...  '],
      'active',
    ],
    ['no prompt at all', [...ANSWERED, '#### <blank>  '], 'ready'],
    ['an interrupted answer', [...ASKED, '>  ', '> ^C again to exit  ', 'Shall I', '', TOKENS], 'ready'],
    [
      'edits that it could not use',
      [...ANSWERED, '> The LLM did not conform to the edit format.  ', '> # 1 block failed to match!  '],
      'active',
    ],
    [
      'the last try at that',
      [
        ...ANSWERED,
        '> The LLM did not conform to the edit format.  ',
        '> Only 3 reflections allowed, stopping.  ',
      ],
      'ready',
    ],
    [
      'a time-out that it retries',
      [...ASKED, '> litellm.Timeout: late  ', '> Retrying in 0.2 seconds...  '],
      'active',
    ],
    ['a time-out', [...ASKED, '> litellm.Timeout: late  '], 'ready'],
    [
      'an error, and the tokens of the answer before',
      [...ASKED, '> litellm.APIError: no  ', TOKENS],
      'ready',
    ],
    ['an error of its own', [...ASKED, '> Traceback (most recent call last):  ', '> KeyError: 1  '], 'ready'],
    ['a full context', [...ASKED, TOKENS, '> Model gpt-4 has hit a token limit!  '], 'ready'],
    [
      'a test that failed',
      [...ANSWERED, '#### /test  ', '> Added 3 lines of output to the chat.  '],
      'active',
    ],
    ['a change of its mode', [...ANSWERED, '#### /chat-mode ask  '], 'ready'],
    ['a command of git without output', [...ANSWERED, '#### /git add .  '], 'ready'],
    ['leave to go on', [...ANSWERED, '#### /ok  '], 'active'],
    [
      'a program of the model',
      [...ANSWERED, '> Run shell command? (Y)es/(N)o [Yes]: y  ', '> Running npm test  '],
      'active',
    ],
    [
      'the output of that',
      [...ANSWERED, '> Running npm test  ', '> Add command output to the chat? (Y)es/(N)o [Yes]: n  '],
      'ready',
    ],
    ['another start', [...ASKED, ...STARTED], 'ready'],
  ])('after %s is %s', (_, lines, activity) => {
    expect(judge(lines)).toBe(activity);
  });

  it('lets an answer settle, since aider may go on', () => {
    expect(judge(ANSWERED, { quietMs: 3_999 })).toBe('active');
    expect(judge(ANSWERED, { quietMs: 4_000 })).toBe('ready');
    expect(judge(ASKED, { quietMs: 3_600_000 })).toBe('active');
    expect(judge([...ASKED, '> ^C again to exit  ', 'Shall I', TOKENS], { quietMs: 0 })).toBe('ready');
  });

  it('lets edits settle for longer, unless they are committed or need not be', () => {
    const edited = '> Applied edit to a.txt  ';
    const bare = STARTED.with(3, '> /usr/bin/aider --no-auto-commits --model some  ');
    const quiet = { quietMs: 10_000 };
    expect(judge([...ANSWERED, edited], quiet)).toBe('active');
    expect(judge([...ANSWERED, edited, '> Commit 1234567 feat: a  '], quiet)).toBe('ready');
    expect(judge([...bare, '#### Write it.', 'Written.', TOKENS, edited], quiet)).toBe('ready');
    expect(judge([...ANSWERED, edited])).toBe('ready');
  });

  it('says nothing of a text that is no history', () => {
    expect(judge(['# Notes', 'hello'])).toBeNull();
  });
});
