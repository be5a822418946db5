import type { AnswerResult, SendResult } from '../../index.js';
import { NOT_SUBMITTED, REFUSED } from '../command-line/exit-code.js';
import { renderDialog } from '../text/render-dialog.js';
import { printJson } from './print.js';
import { say } from './say.js';

const HEADS: Record<(SendResult | AnswerResult)['outcome'], string> = {
  submitted: 'submitted',
  answered: 'answered',
  typed: 'typed, not submitted',
  unsure: 'not sure that it took',
  refused: 'nothing was typed',
};

/** Says what became of a text or an answer; returns the code to exit with. Done as wanted, it says nothing without `json`. */
export async function tellOutcome(
  result: SendResult | AnswerResult,
  { json, isDone }: { json: boolean; isDone: boolean },
): Promise<number> {
  const { outcome, detail, dialog } = result;
  if (json) await printJson(result);
  if (isDone) return 0;
  if (!json) {
    say(`vitals: ${HEADS[outcome]}: ${detail}`);
    if (dialog) say(renderDialog(dialog).trimEnd());
  }
  return outcome === 'refused' ? REFUSED : NOT_SUBMITTED;
}
