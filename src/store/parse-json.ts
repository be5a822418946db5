import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';

const MAX_DEPTH = 100;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The value that bytes hold as JSON in UTF-8, or why it can't be used. */
export type ParsedJson = { type: 'value'; value: unknown } | { type: 'refused'; message: string };

/**
 * Parses JSON from outside. Refused, besides what is no JSON, is a key `__proto__`, which would reach the prototypes of
 * what the value is copied into, and nesting deep enough to break whoever walks it recursively.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    return refuse(describeSyntax(bytes, error));
  }
  const reason = inspect(value, 0);
  return reason === null ? { type: 'value', value } : refuse(reason);
}

const refuse = (message: string): ParsedJson => ({ type: 'refused', message });

function describeSyntax(bytes: Uint8Array, error: unknown): string {
  if (bytes.length === 0) return 'it is empty';
  if (errorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not text in UTF-8';
  // The parser's own message quotes the file, control characters and all.
  const position = /at position (\d+)/.exec(messageOf(error))?.[1];
  return position === undefined ? 'it is not valid JSON' : `it is not valid JSON (at character ${position})`;
}

/** Why a value can't be used; null if it can. */
function inspect(value: unknown, depth: number): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) return `it is nested more than ${MAX_DEPTH} levels deep`;
  if (Object.hasOwn(value, '__proto__')) return 'it has a key "__proto__"';
  for (const field in value) {
    const reason = inspect((value as Record<string, unknown>)[field], depth + 1);
    if (reason !== null) return reason;
  }
  return null;
}
