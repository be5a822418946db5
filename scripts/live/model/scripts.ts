/** What the model does next: waits, thinks, says, calls a tool, or fails. Times in ms, statuses are HTTP's. */
export type Op =
  | { do: 'wait'; forMs: number }
  | { do: 'think'; forMs: number }
  /** The connection lives and nothing comes. */
  | { do: 'beat'; forMs: number }
  | { do: 'say'; text: string; times?: number; everyMs?: number }
  | { do: 'run'; seconds: number; asks: boolean; isChatty?: boolean }
  | { do: 'edit' }
  | { do: 'ask' }
  | { do: 'plan' }
  | { do: 'fail'; status: number; message: string; retryAfterS?: number }
  | { do: 'hang' }
  | { do: 'cut' };

/** One answer of the model; or one for each attempt at it, the last of which repeats. */
export type Step = Op[] | { attempts: Op[][] };

const wait = (forMs: number): Op => ({ do: 'wait', forMs });
const say = (text: string): Op => ({ do: 'say', text });
const stream = (seconds: number): Op => ({
  do: 'say',
  text: 'A word after a word is streamed here, as item #.\n',
  times: seconds * 5,
  everyMs: 200,
});
const fail = (status: number, message: string, retryAfterS?: number): Op => ({
  do: 'fail',
  status,
  message,
  ...(retryAfterS !== undefined && { retryAfterS }),
});
const run = (seconds: number, asks = false): Op => ({ do: 'run', seconds, asks });
const done: Step = [wait(1500), say('All of it is done. ')];

/** What the model says when a prompt names this script, one step for each of its answers. */
export const SCRIPTS = {
  hello: [[wait(300), say('Hello there. ')]],
  short: [[wait(800), stream(4), say('That is all. ')]],
  stream: [[wait(500), stream(12), say('That is all. ')]],
  longStream: [[wait(300), stream(40), say('That is all. ')]],
  question: [[wait(1000), say('Which of the two do you want, red or blue?')]],
  command: [[wait(500), say('I run it now. '), run(8)], done],
  chatty: [[wait(500), { do: 'run', seconds: 8, asks: false, isChatty: true }], done],
  twoCommands: [[wait(500), run(3)], [wait(2500), say('Now another. '), run(3)], done],
  longCommand: [[wait(500), run(45)], done],
  approve3: [[wait(500), say('I run it now. '), run(3, true)], done],
  approve20: [[wait(500), run(20, true)], done],
  edit: [[wait(500), say('I write it now. '), { do: 'edit' }], done],
  ask: [[wait(500), say('I need to know. '), { do: 'ask' }], done],
  plan: [[wait(500), { do: 'plan' }], done],
  retried: [
    {
      attempts: [
        [wait(300), fail(503, 'the model is overloaded')],
        [wait(300), fail(503, 'the model is overloaded')],
        [wait(500), say('It went well in the end. ')],
      ],
    },
  ],
  refused: [[wait(300), fail(400, 'the request is refused by the scripted model')]],
  silent: [[wait(40_000), say('I have thought for long. ')]],
  thinking: [[{ do: 'think', forMs: 15_000 }, say('I have thought. ')]],
  hang: [[{ do: 'hang' }]],
  cut: [[say('this is cut '), wait(1000), { do: 'cut' }]],
} satisfies Record<string, Step[]>;

export type ScriptName = keyof typeof SCRIPTS;
