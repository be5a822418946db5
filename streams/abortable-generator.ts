type Values<T> = AsyncGenerator<T, void, undefined>;

/**
 * A generator that `return` ends at once, also while a value is waited for: a plain one would first wait for that value.
 * `make` gets a signal that is then aborted, as it is when `outer` is, and has to end soon after it.
 */
export function abortableGenerator<T>(
  make: (signal: AbortSignal) => Values<T>,
  outer: AbortSignal | undefined,
): Values<T> {
  const ending = new AbortController();
  const abort = (): void => ending.abort();
  const end = (): void => {
    outer?.removeEventListener('abort', abort);
    abort();
  };
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort);
  const values = withEnd(make(ending.signal), end);
  const leave = values.return.bind(values);
  return Object.assign(values, {
    return: () => {
      end();
      return leave();
    },
  });
}

async function* withEnd<T>(values: Values<T>, end: () => void): Values<T> {
  try {
    yield* values;
  } finally {
    end();
  }
}
