const ends = new Map<string, Promise<unknown>>();

/** Runs `action` when all that this process was asked to run before under the same name has ended. */
export async function runInOrder<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
  const before = ends.get(name);
  const running = before ? before.then(action, action) : action();
  ends.set(name, running);
  try {
    return await running;
  } finally {
    if (ends.get(name) === running) ends.delete(name);
  }
}
