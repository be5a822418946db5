import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from './actor.js';
import type { DialogProfile, Profile } from './agents/profile.js';
import { solo, type Scenario } from './scenario.js';

type Effect = 'approved' | 'refused' | 'nothing';

interface AnswerCase {
  answer: string;
  /** What may come of it if the command says that it was done. */
  effects: Effect[];
}

const PERMISSION: AnswerCase[] = [
  { answer: 'no', effects: ['refused'] },
  { answer: 'yes', effects: ['approved'] },
  { answer: 'no', effects: ['refused'] },
  { answer: 'always', effects: ['approved'] },
  { answer: 'please do it in another way', effects: ['refused'] },
];

/** Opens the dialog afresh for each answer, and compares what the command says with what came of it. */
async function tryAnswers(
  actor: Actor,
  dialog: DialogProfile,
  {
    state,
    cases,
    open,
    observe,
  }: {
    state: string;
    cases: readonly AnswerCase[];
    open: () => Promise<unknown>;
    observe: () => Promise<Effect>;
  },
): Promise<void> {
  for (const { answer, effects } of cases) {
    await open();
    if ((await actor.sees(dialog.sign, 12)) === null) {
      actor.note(`no dialog for ${answer}: ${await actor.bottom(12)}`);
      continue;
    }
    await actor.rest(1.5);
    const shown = await actor.stage.vitals('dialog', '--json', actor.id);
    const { code, stdout, stderr } = await actor.stage.vitals('answer', '--json', actor.id, answer);
    if (code === 2) throw new Error(`answer could not be tried: ${stderr.trim()}`);
    await actor.rest(3);
    const effect = await observe();
    const isRight = code === 0 ? effects.includes(effect) : effect === 'nothing';
    actor.account.trials ??= [];
    actor.account.trials.push({
      command: 'answer',
      state,
      text: answer,
      outcome: code === 0 ? 'answered' : `exit ${code}`,
      isRight,
      detail: `${effect}; ${(stdout + stderr).trim().slice(0, 300)}; dialog: ${shown.stdout.trim().slice(0, 400)}`,
    });
    if (effect === 'nothing') await actor.press(...dialog.no);
    await actor.rest(4);
  }
}

/** A scenario that answers one kind of dialog in each way. */
function answerScenario(
  name: string,
  about: string,
  pick: (profile: Profile) => (DialogProfile & { keys?: string[]; args?: string[] }) | null,
  play: (actor: Actor, dialog: DialogProfile) => Promise<void>,
): Scenario {
  return {
    name: `answer-${name}`,
    about: `answer: ${about}`,
    isTrial: true,
    fits: (profile) => pick(profile) !== null,
    play: solo(async (actor) => {
      const dialog = pick(actor.profile);
      if (dialog === null) return;
      await actor.start({ args: dialog.args ?? [] });
      if (dialog.keys) await actor.press(...dialog.keys);
      await actor.rest(1);
      actor.unsure('dialogs are answered');
      await play(actor, dialog);
    }),
  };
}

export const ANSWER_TRIALS: Scenario[] = [
  answerScenario(
    'permission',
    'may this command run',
    ({ permission }) => permission,
    (actor, dialog) =>
      tryAnswers(actor, dialog, {
        state: 'permission',
        cases: PERMISSION,
        open: () => actor.ask('approve3'),
        observe: async () => {
          if (actor.stage.commands(actor.prompt?.nonce ?? '').length > 0) return 'approved';
          return dialog.sign.test(await actor.screen()) && actor.requests() === 1 ? 'nothing' : 'refused';
        },
      }),
  ),
  answerScenario(
    'edit',
    'may this file be written',
    ({ edit }) => edit,
    (actor, dialog) =>
      tryAnswers(actor, dialog, {
        state: 'edit',
        cases: PERMISSION.slice(0, 3),
        open: () => actor.ask('edit'),
        observe: async () => {
          const nonce = actor.prompt?.nonce ?? '';
          const places = [join(actor.cwd, `${nonce}.txt`), join('/var/opt', `${nonce}.txt`)];
          if (places.some((place) => existsSync(place))) return 'approved';
          return dialog.sign.test(await actor.screen()) && actor.requests() === 1 ? 'nothing' : 'refused';
        },
      }),
  ),
  answerScenario(
    'question',
    'which of two',
    ({ question }) => question,
    async (actor, dialog) => {
      for (const [answer, colour] of [
        ['2', 'blue'],
        ['blue', 'blue'],
        ['1', 'red'],
      ] as const)
        await tryAnswers(actor, dialog, {
          state: 'question',
          cases: [{ answer, effects: ['approved'] }],
          open: () => actor.ask('ask'),
          observe: async () => {
            if (actor.requests() < 2) return dialog.sign.test(await actor.screen()) ? 'nothing' : 'refused';
            const { model } = actor.stage;
            const last = model.of(actor.prompt?.nonce ?? '', 'begin').at(-1)?.id ?? 0;
            const result = model.lastMessages.get(last) ?? '';
            const other = colour === 'red' ? 'blue' : 'red';
            actor.note(`answered ${answer}: ${result.slice(0, 300)}`);
            return new RegExp(`\\b${colour}\\b`).test(result) && !new RegExp(`\\b${other}\\b`).test(result)
              ? 'approved'
              : 'refused';
          },
        });
    },
  ),
  answerScenario(
    'plan',
    'is the plan carried out',
    ({ plan }) => plan,
    (actor, dialog) =>
      tryAnswers(actor, dialog, {
        state: 'plan',
        cases: [
          { answer: 'no', effects: ['refused'] },
          { answer: 'yes', effects: ['approved'] },
        ],
        open: () => actor.ask('plan'),
        observe: async () => {
          const last = actor.stage.model.of(actor.prompt?.nonce ?? '', 'begin').at(-1)?.id ?? 0;
          if (actor.requests() > 1)
            return /reject|doesn't want|denied|not approve/i.test(
              actor.stage.model.lastMessages.get(last) ?? '',
            )
              ? 'refused'
              : 'approved';
          return dialog.sign.test(await actor.screen()) ? 'nothing' : 'refused';
        },
      }),
  ),
];
