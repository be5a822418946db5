import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newNonce, type Actor } from './actor.js';
import type { DialogProfile, Profile } from './agents/profile.js';
import { solo, type Scenario } from './scenario.js';
import { DRAFT, trySends, type SendState } from './send-texts.js';

/** Whether the draft stands in the box, alone: a text that was glued to it has more behind it. */
async function hasDraft(actor: Actor): Promise<boolean> {
  return new RegExp(`${DRAFT}[\\s│┃]*$`, 'm').test(await actor.screen());
}

/** Waits until the agent rests: its last answer was given and its prompt is there. */
async function rests(actor: Actor): Promise<void> {
  const { entries } = actor.stage.model;
  await actor.until(
    () =>
      entries.filter(({ event }) => event === 'begin').length ===
      entries.filter(({ event }) => event === 'end').length,
    'the model to rest',
    30,
  );
  await actor.rest(1);
}

/** A scenario that sends all texts in one state, after a first prompt and its answer. */
function sendScenario(
  name: string,
  about: string,
  makeState: (profile: Profile) => Omit<SendState, 'name'> | null,
  { isPrompted = true } = {},
): Scenario {
  return {
    name: `send-${name}`,
    about: `send: ${about}`,
    isTrial: true,
    fits: (profile) => makeState(profile) !== null,
    play: solo(async (actor) => {
      const state = makeState(actor.profile);
      if (state === null) return;
      let first = '';
      if (isPrompted) {
        await actor.start();
        first = (await actor.ask('hello')).nonce;
        await actor.answered();
        await actor.rest(2);
      }
      actor.unsure('texts are sent');
      await trySends(actor, { ...state, name }, first);
    }),
  };
}

/** The state of an open dialog: it must stay open, and nothing that it asks about may happen. */
function atDialog(
  dialog: (DialogProfile & { keys?: string[]; args?: string[] }) | null,
  script: 'approve3' | 'edit' | 'ask' | 'plan',
): Omit<SendState, 'name'> | null {
  if (dialog === null) return null;
  let shown = '';
  return {
    arrivesWithinS: 5,
    enter: async (actor) => {
      if (dialog.sign.test(await actor.screen()) && shown !== '') return;
      await actor.press('Escape');
      await rests(actor);
      if (shown === '' && dialog.keys) await actor.press(...dialog.keys);
      await actor.ask(script);
      await actor.calls();
      if ((await actor.sees(dialog.sign, 12)) === null) actor.note(`no dialog: ${await actor.bottom(12)}`);
      await actor.rest(1.5);
      shown = await actor.screen();
    },
    findHarm: async (actor) => {
      const nonce = actor.prompt?.nonce ?? '';
      if (actor.stage.commands(nonce).length > 0) return 'THE COMMAND RAN';
      if (existsSync(join(actor.cwd, `${nonce}.txt`))) return 'THE FILE WAS WRITTEN';
      if (actor.requests() > 1) return 'the dialog was answered';
      const now = await actor.screen();
      return dialog.sign.test(now) ? null : `the dialog is gone: ${await actor.bottom(5)}`;
    },
  };
}

export const SEND_TRIALS: Scenario[] = [
  sendScenario('at-rest', 'at its prompt, with an empty box', () => ({
    arrivesWithinS: 6,
    enter: rests,
    findHarm: () => Promise.resolve(null),
  })),
  sendScenario('in-a-turn', 'while it works', () => ({
    arrivesWithinS: 20,
    enter: async (actor) => {
      await rests(actor);
      await actor.ask('short');
      await actor.reaches(1);
      await actor.rest(1);
    },
    findHarm: () => Promise.resolve(null),
  })),
  sendScenario('draft', 'with a half-typed draft in the box', () => ({
    arrivesWithinS: 6,
    enter: async (actor) => {
      await rests(actor);
      if (!(await hasDraft(actor))) await actor.stage.tmux('send-keys', '-t', actor.target, '-l', DRAFT);
      await actor.rest(0.7);
    },
    findHarm: async (actor) => ((await hasDraft(actor)) ? null : 'the draft is gone'),
  })),
  sendScenario('permission', 'at its question for permission', ({ permission }) =>
    atDialog(permission, 'approve3'),
  ),
  sendScenario('edit', 'at its question before it writes a file', ({ edit }) => atDialog(edit, 'edit')),
  sendScenario('question', 'at its question with two answers', ({ question }) => atDialog(question, 'ask')),
  sendScenario(
    'trust',
    'at the question of its first start',
    ({ trust }) =>
      trust === null
        ? null
        : {
            arrivesWithinS: 3,
            enter: async (actor) => {
              if ((await actor.isOpen()) && trust.sign.test(await actor.screen())) return;
              await actor.stage.tmux('kill-session', '-t', actor.target.replace(/:$/, ''));
              // A directory of its own, since this one may be trusted by now.
              const cwd = join(actor.stage.options.folder, 'untrusted', newNonce());
              await actor.stage.makeProject(cwd);
              actor.cwd = cwd;
              actor.account.sessionId = `${actor.profile.agent}-send-trust-${newNonce()}`;
              actor.target = `=default/${actor.id}:`;
              await actor.spawn(actor.profile.command);
              await actor.sees(trust.sign);
              await actor.rest(2);
            },
            findHarm: async (actor) =>
              (await actor.isOpen()) && trust.sign.test(await actor.screen())
                ? null
                : `the dialog is gone: ${(await actor.isOpen()) ? await actor.bottom(5) : 'the agent ended'}`,
          },
    { isPrompted: false },
  ),
  sendScenario(
    'left-shell',
    'in a shell that its agent has left',
    () => {
      let isLeft = false;
      return {
        arrivesWithinS: 3,
        enter: async (actor) => {
          if (isLeft) return;
          isLeft = true;
          await actor.spawn(['bash', '--norc']);
          await actor.rest(1);
          await actor.type(actor.profile.command.join(' '));
          await actor.settle('the agent, in the shell');
          await actor.ask('hello');
          await actor.answered();
          await actor.rest(2);
          await actor.type(actor.profile.quit);
          await actor.rest(6);
          actor.note(`left: ${await actor.bottom(3)}`);
        },
        findHarm: async (actor) =>
          /command not found|tag:/.test((await actor.screen()).split('\n').slice(-20).join('\n'))
            ? `the shell was typed into: ${await actor.bottom(3)}`
            : null,
      };
    },
    { isPrompted: false },
  ),
  sendScenario('copy-mode', 'while a person reads back in copy mode', () => ({
    arrivesWithinS: 6,
    enter: async (actor) => {
      await actor.stage.tmux('copy-mode', '-t', actor.target);
      await actor.rest(0.3);
    },
    findHarm: async (actor) => {
      const { stdout } = await actor.stage.tmux(
        'display-message',
        '-p',
        '-t',
        actor.target,
        '#{pane_in_mode}',
      );
      return stdout.trim() === '1' ? null : 'copy mode was left';
    },
  })),
];
