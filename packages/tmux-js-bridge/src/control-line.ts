import { checkForm, checkText } from './check-argument.js';
import { InvalidArgumentError } from './errors.js';
import { nameCommands, type TmuxCommand } from './tmux-transport.js';

/**
 * The line that makes a control client run these commands, none of them after one that fails. Throws an
 * `InvalidArgumentError` for what can't be said. Source of the escapes: tmux(1), PARSING SYNTAX; checked on 3.3a.
 */
export function formatControlLine(commands: readonly TmuxCommand[]): string {
  const command = nameCommands(commands);
  // To an empty line tmux answers by detaching.
  if (commands.length === 0) throw new InvalidArgumentError('there is no command', { command });
  const formatted = commands.map(([name, ...args]) => {
    checkForm(name, /^[a-z]+(-[a-z]+)*$/, { subject: 'the command name', command });
    for (const argument of args) checkText(argument, { subject: 'an argument', command });
    return [name, ...args.map(quote)].join(' ');
  });
  return `${formatted.join(' ; ')}\n`;
}

const quote = (argument: string): string => `"${argument.replace(special, escape)}"`;

// A newline would end the command, and of the others tmux drops some.
const special = /["\\$~\x00-\x1f\x7f]/g;

const escape = (character: string): string =>
  character >= ' ' && character < '\x7f'
    ? `\\${character}`
    : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
