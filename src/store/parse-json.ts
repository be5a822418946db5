import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';

const MAX_DEPTH = 100;

/** The value that bytes hold as JSON in UTF-8, or why it can't be used. */
export type ParsedJson = { type: 'value'; value: unknown } | { type: 'refused'; message: string };

/**
 * Parses JSON from outside. Refused, besides what is no JSON, is a key `__proto__`, which would reach the prototypes of
 * what the value is copied into, and nesting deep enough to break whoever walks it recursively.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return refuse(describeSyntax(bytes, error));
  }
  return inspect(value);
}

const refuse = (message: string): ParsedJson => ({ type: 'refused', message });

function describeSyntax(bytes: Uint8Array, error: unknown): string {
  if (bytes.length === 0) return 'it is empty';
  if (errorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not text in UTF-8';
  // The parser's own message quotes the file, control characters and all.
  const position = /at position (\d+)/.exec(messageOf(error))?.[1];
  return position === undefined ? 'it is not valid JSON' : `it is not valid JSON (at character ${position})`;
}

function inspect(root: unknown): ParsedJson {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return refuse(`it is nested more than ${MAX_DEPTH} levels deep`);
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (containers.some((value) => Object.hasOwn(value, '__proto__')))
      return refuse('it has a key "__proto__"');
    level = containers.flatMap((value): unknown[] => Object.values(value));
  }
  return { type: 'value', value: root };
}
