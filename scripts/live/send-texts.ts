import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newNonce, type Actor } from './actor.js';

/** What a person has half typed. */
export const DRAFT = 'half a thought';

const LINE = 'a line of a long text, with some words in it';

/** Texts that have gone wrong somewhere; each names itself with its tag, so that it is found at the model. */
const TEXTS: { name: string; make: (tag: string, canary: string) => string }[] = [
  { name: 'one line', make: (tag) => `please note ${tag} and go on` },
  { name: 'a question', make: (tag) => `what is ${tag}?` },
  { name: 'two lines', make: (tag) => `first ${tag}\nsecond line` },
  { name: 'an empty line', make: (tag) => `first ${tag}\n\nthird line\n\nfifth line` },
  { name: '5 kB in one line', make: (tag) => `${tag} ${'lorem ipsum dolor '.repeat(280)}end` },
  {
    name: '5 kB in lines',
    make: (tag) => `${tag}\n${Array.from({ length: 100 }, (_, i) => `${i} ${LINE}`).join('\n')}`,
  },
  { name: 'leading -', make: (tag) => `- ${tag} is an item` },
  { name: 'leading --', make: (tag) => `--help ${tag}` },
  { name: 'leading /', make: (tag) => `/tmp/some/path ${tag} is where it is` },
  { name: 'a / command', make: (tag) => `/help ${tag}` },
  { name: 'leading !', make: (tag, canary) => `!touch ${canary} # ${tag}` },
  { name: 'leading @', make: (tag) => `@nofile ${tag}` },
  { name: 'leading #', make: (tag) => `# ${tag} is a heading` },
  { name: 'quotes', make: (tag) => `say "double" and 'single' and \`back\` ${tag}` },
  { name: 'emoji', make: (tag) => `naïve 日本語 🙂 👩‍👩‍👧 ${tag} end` },
  { name: 'tabs', make: (tag) => `a\tb\t${tag}` },
  { name: 'a shell expansion', make: (tag, canary) => `$HOME $(touch ${canary}) ; touch ${canary} ; ${tag}` },
  { name: 'ends in a backslash', make: (tag) => `${tag} ends in \\` },
  { name: 'leading spaces', make: (tag) => `   ${tag} is indented` },
  { name: '? alone first', make: (tag) => `? ${tag}` },
  // What reads as an answer at a dialog. At rest they are texts like any other.
  { name: 'no', make: () => 'no' },
  { name: '2', make: () => '2' },
  { name: 'y', make: () => 'y' },
];

/** What a session is in while texts are sent to it. */
export interface SendState {
  name: string;
  /** Brings the session into the state, or back into it; called before each try. */
  enter: (actor: Actor) => Promise<void>;
  /** What is wrong with the state after a try that submitted nothing; null if all is as it was. */
  findHarm: (actor: Actor) => Promise<string | null>;
  /** How long a text may take to reach the model. */
  arrivesWithinS: number;
}

/** The texts of the conversation that a prompt began, as the model was last sent them. */
function conversation(actor: Actor, nonce: string): string[] {
  const { model } = actor.stage;
  const ids = [...model.userTexts].filter(([, texts]) => texts.some((text) => text.includes(nonce)));
  return ids.at(-1)?.[1] ?? [];
}

/** Sends every text in a state, and judges each try. */
export async function trySends(actor: Actor, state: SendState, first: string): Promise<void> {
  for (const { name, make } of TEXTS) {
    const tag = newNonce();
    const canary = join(actor.cwd, `canary-${tag}`);
    const text = make(`tag:${tag}`, canary);
    await state.enter(actor);
    const isTagged = text.includes(tag);
    const matches = (one: string): boolean => (isTagged ? one.includes(tag) : one.trim() === text);
    const countArrivals = (): string[] =>
      conversation(actor, isTagged ? tag : first).filter((one) => matches(one));
    const before = countArrivals().length;
    const { code, stdout, stderr } = await actor.stage.vitals('send', '--json', actor.id, '--', text);
    if (code === 2) throw new Error(`send could not be tried: ${stderr.trim()}`);
    const said = readOutcome(code, stdout);
    const arrived = await waitForArrival(actor, said === 'submitted' ? state.arrivesWithinS : 1.5, () => {
      return countArrivals().length > before;
    });
    const arrivals = countArrivals().slice(before);
    const isWhole = arrivals.length === 1 && normalize(arrivals[0] ?? '').includes(normalize(text.trim()));
    const isGlued = arrivals.some((one) => one.includes(DRAFT));
    const wrongs = [
      said === 'submitted' && !arrived && 'said submitted, and the model was not asked',
      said === 'submitted' &&
        arrived &&
        !isWhole &&
        `came ${arrivals.length} times or changed: ${String(arrivals[0]).slice(0, 80)}`,
      said !== 'submitted' && arrived && `said ${said}, and the model was asked`,
      isGlued && 'came with a draft that was in the box',
      existsSync(canary) && 'A COMMAND RAN',
      !arrived && said !== 'typed' && (await state.findHarm(actor)),
    ].filter((one) => typeof one === 'string');
    actor.account.trials ??= [];
    actor.account.trials.push({
      command: 'send',
      state: state.name,
      text: name,
      outcome: said,
      isRight: wrongs.length === 0,
      detail: [
        ...wrongs,
        (stdout + stderr).trim().slice(0, 200),
        wrongs.length > 0 ? await actor.bottom(6) : '',
      ]
        .filter(Boolean)
        .join(' | '),
    });
    // A text that was typed and not submitted must not spoil the next try.
    if (said === 'typed' || wrongs.length > 0) await clearBox(actor);
  }
}

/** Some agents make spaces of tabs, and all may leave out spaces at a line's end. */
const normalize = (text: string): string => text.replaceAll(/\t| {2,}/g, ' ').replaceAll(/ +$/gm, '');

/** What the command said that it did: by its words, or by its exit code where it says nothing. */
function readOutcome(code: number, stdout: string): string {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  try {
    const { outcome } = JSON.parse(line) as { outcome?: string };
    if (outcome !== undefined) return outcome;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return code === 0 ? 'submitted' : code === 7 ? 'refused' : code === 8 ? 'typed' : `failed with ${code}`;
}

async function waitForArrival(actor: Actor, withinS: number, look: () => boolean): Promise<boolean> {
  const endMs = Date.now() + withinS * 1000;
  while (Date.now() < endMs) {
    if (look()) {
      // A second arrival would come right after the first.
      await actor.rest(1.2);
      return true;
    }
    await actor.rest(0.1);
  }
  return look();
}

async function clearBox(actor: Actor): Promise<void> {
  await actor.press('Escape');
  await actor.rest(0.3);
  await actor.press('C-u');
  await actor.rest(0.5);
}
