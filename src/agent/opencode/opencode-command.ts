import { programOf } from '../program-of.js';

/** The names of opencode's program and of its package. */
export const OPENCODE_PROGRAMS: readonly string[] = ['opencode', 'opencode-ai'];

/** The port of `opencode serve`, unless told. */
const SERVE_PORT = 4096;

/** Where a command's opencode listens on this machine; null if it was not told to, or listens elsewhere. */
export function opencodeUrl(command: readonly string[]): URL | null {
  const words = command.slice(programOf(command).index + 1);
  const attached = words[0] === 'attach' ? words[1] : undefined;
  if (attached !== undefined) return localUrl(attached);
  const port =
    optionOf(words, '--port') ?? (words[0] === 'serve' || words[0] === 'web' ? String(SERVE_PORT) : null);
  // Port 0 lets the system choose, and nobody else knows its choice.
  return port === null || !/^[1-9]\d{0,4}$/.test(port) ? null : localUrl(`http://127.0.0.1:${port}`);
}

/** The session that a command names. */
export const opencodeSession = (command: readonly string[]): string | null => {
  const words = command.slice(programOf(command).index + 1);
  const named = optionOf(words, '--session') ?? optionOf(words, '-s');
  return named !== null && /^ses_\w+$/.test(named) ? named : null;
};

function optionOf(words: readonly string[], name: string): string | null {
  const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = words[at];
  if (word === undefined) return null;
  return word === name ? (words[at + 1] ?? null) : word.slice(name.length + 1);
}

/** Nothing beyond this machine is ever asked. */
function localUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return isLocal ? url : null;
}
