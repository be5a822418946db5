import { InvalidArgumentError } from './errors.js';

interface Subject {
  /** What the argument is, in the words of the error. */
  subject: string;
  command: string;
}

/** Refuses text that can't reach a program as it is: a NUL ends it early, half a surrogate pair has no UTF-8. */
export function checkText(text: string, { subject, command }: Subject): void {
  if (text.includes('\0')) throw new InvalidArgumentError(`${subject} has a NUL in it`, { command });
  if (Buffer.from(text).toString() !== text) {
    throw new InvalidArgumentError(`${subject} is no valid Unicode`, { command });
  }
}

/** Refuses text of another form. */
export function checkForm(text: string, form: RegExp, { subject, command }: Subject): void {
  if (form.test(text)) return;
  throw new InvalidArgumentError(`${subject} ${JSON.stringify(text)} does not match ${form.source}`, {
    command,
  });
}

/** Refuses what is no whole number of at least `least`. */
export function checkWholeNumber(
  value: number,
  { subject, command, least = 1 }: Subject & { least?: number },
): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new InvalidArgumentError(`${subject} ${value} is no whole number from ${least}`, { command });
}
