import type { Actor } from './actor.js';
import type { DialogProfile } from './agents/profile.js';
import { ANSWER_TRIALS } from './answer-trials.js';
import { FATES } from './fates.js';
import { solo, type Scenario } from './scenario.js';
import { SEND_TRIALS } from './send-trials.js';

/** A prompt that leads to a question for permission, which is answered with yes after some seconds. */
async function approve(
  actor: Actor,
  script: 'approve3' | 'approve20' | 'edit',
  dialog: DialogProfile,
): Promise<void> {
  await actor.ask(script);
  await actor.dialog(dialog.sign, `asks for permission: ${script}`);
  await actor.rest(7);
  actor.is('active', `approved: ${script}`, await actor.press(...dialog.yes));
  await actor.answered();
  await actor.rest(5);
}

const TURNS: Scenario[] = [
  {
    name: 'idle',
    about: 'its prompt, and nobody types',
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(15);
    }),
  },
  {
    name: 'turn',
    about: 'an answer of 5 seconds, and one that is interrupted',
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(3);
      await actor.ask('short');
      await actor.answered();
      await actor.rest(4);
      await actor.ask('stream');
      await actor.rest(4);
      actor.is('ready', 'interrupted', await actor.press(...actor.profile.interrupt));
      await actor.rest(4);
    }),
  },
  {
    name: 'stream',
    about: 'answers of 5 and 12 seconds, and one that ends with a question',
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(3);
      for (const script of ['short', 'stream'] as const) {
        await actor.ask(script);
        await actor.answered();
        await actor.rest(6);
      }
      await actor.ask('question');
      await actor.answered({ states: ['ready', 'waiting_input'], why: 'ended with a question in prose' });
      await actor.rest(6);
    }),
  },
  {
    name: 'command',
    about: 'commands that nobody is asked about: quiet, chatty, two in a turn',
    play: solo(async (actor) => {
      await actor.start({ auto: true });
      await actor.rest(2);
      for (const script of ['command', 'chatty', 'twoCommands'] as const) {
        await actor.ask(script);
        await actor.answered();
        await actor.rest(5);
      }
    }),
  },
  {
    name: 'long-command',
    about: 'a command of 45 seconds that prints nothing',
    play: solo(async (actor) => {
      await actor.start({ auto: true });
      await actor.rest(2);
      await actor.ask('longCommand');
      await actor.answered({ withinS: 90 });
      await actor.rest(5);
    }),
  },
  {
    name: 'approve',
    about: 'a command of 3 seconds and one of 20 that a person approves',
    fits: ({ permission }) => permission !== null,
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(2);
      const dialog = actor.profile.permission;
      if (dialog === null) return;
      await approve(actor, 'approve3', dialog);
      await approve(actor, 'approve20', dialog);
    }),
  },
  {
    name: 'approve-edit',
    about: 'a change of a file that a person approves',
    fits: ({ edit }) => edit !== null,
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(2);
      if (actor.profile.edit !== null) await approve(actor, 'edit', actor.profile.edit);
    }),
  },
  {
    name: 'deny',
    about: 'a command that a person refuses',
    fits: ({ permission }) => permission !== null,
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(2);
      const dialog = actor.profile.permission;
      if (dialog === null) return;
      await actor.ask('approve3');
      await actor.dialog(dialog.sign, 'asks for permission');
      await actor.rest(7);
      const atMs = await actor.press(...dialog.no);
      await actor.rest(1.5);
      // Some agents end the turn, the others tell the model.
      if (actor.requests(atMs) > 0) {
        actor.is('active', 'refused, and the model is told', atMs);
        await actor.answered();
      } else actor.is('ready', 'refused: the turn is over', atMs);
      await actor.rest(10);
      if (actor.stage.commands(actor.prompt?.nonce ?? '').length > 0) actor.note('THE COMMAND RAN');
    }),
  },
  {
    name: 'interrupt',
    about: 'Escape in the text, in a command, and before the first byte',
    play: solo(async (actor) => {
      const { interrupt } = actor.profile;
      await actor.start({ auto: true });
      await actor.rest(2);
      await actor.ask('stream');
      await actor.rest(5);
      actor.is('ready', 'interrupted in the text', await actor.press(...interrupt));
      await actor.rest(7);
      await actor.ask('command');
      await actor.command('begin');
      await actor.rest(3);
      actor.is('ready', 'interrupted in a command', await actor.press(...interrupt));
      await actor.rest(7);
      await actor.ask('hang');
      await actor.reaches(1);
      await actor.rest(5);
      actor.is('ready', 'interrupted before the first byte', await actor.press(...interrupt));
      await actor.rest(7);
      actor.note(`at the end: ${await actor.bottom(6)}`);
    }),
  },
  {
    name: 'errors',
    about: 'two errors and then an answer; and a request that is refused',
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(2);
      await actor.ask('retried');
      await actor.answered({ withinS: 90 });
      await actor.rest(5);
      await actor.ask('refused');
      const atMs = await actor.failed();
      // Whether it tries again shows in the next seconds.
      await actor.rest(8);
      if (actor.requests() > 1) actor.unsure('it tries again after a 400', atMs ?? Date.now());
      else actor.is('ready', 'a 400 ends the turn', atMs ?? Date.now());
      actor.note(`after the error: ${await actor.bottom(6)}`);
    }),
  },
  {
    name: 'silent',
    about: 'a model that says nothing for 40 seconds, and one that thinks for 15',
    play: solo(async (actor) => {
      await actor.start();
      await actor.rest(2);
      for (const script of ['silent', 'thinking'] as const) {
        await actor.ask(script);
        await actor.answered({ withinS: 90 });
        await actor.rest(5);
      }
    }),
  },
  {
    name: 'question',
    about: 'a question with two answers',
    fits: ({ question }) => question !== null,
    play: solo(async (actor) => {
      await actor.start();
      const dialog = actor.profile.question;
      if (dialog === null) return;
      if (dialog.keys) await actor.press(...dialog.keys);
      await actor.rest(2);
      await actor.ask('ask');
      await actor.dialog(dialog.sign, 'asks which colour');
      await actor.rest(8);
      let atMs = await actor.press(...dialog.yes);
      await actor.rest(1);
      // Some ask whether to send the answers.
      if (actor.requests() < 2) atMs = await actor.press('Enter');
      actor.is('active', 'answered the question', atMs);
      await actor.answered({ withinS: 15 });
      await actor.rest(5);
    }),
  },
  {
    name: 'plan',
    about: 'a plan that a person approves',
    fits: ({ plan }) => plan !== null,
    play: solo(async (actor) => {
      const dialog = actor.profile.plan;
      if (dialog === null) return;
      await actor.start({ args: dialog.args });
      await actor.rest(2);
      await actor.ask('plan');
      await actor.dialog(dialog.sign, 'asks whether to carry out the plan');
      await actor.rest(8);
      actor.is('active', 'approved the plan', await actor.press(...dialog.yes));
      await actor.answered({ withinS: 15 });
      await actor.rest(5);
    }),
  },
];

export const SCENARIOS: Scenario[] = [...TURNS, ...FATES, ...SEND_TRIALS, ...ANSWER_TRIALS];
