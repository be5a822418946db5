const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `timeout`, npm and others send a signal to their program and to its group: within this time it is one. Milliseconds. */
const ECHO_MS = 500;

/** The first signal that asks this process to end. Another one, later than its echo, ends it at once, as if nobody listened. */
export function nextSignal(): { signal: Promise<NodeJS.Signals>; forget: () => void } {
  let forget = (): void => undefined;
  const signal = new Promise<NodeJS.Signals>((resolve) => {
    let firstMs: number | null = null;
    const listener = (name: NodeJS.Signals): void => {
      if (firstMs === null) {
        firstMs = performance.now();
        resolve(name);
      } else if (performance.now() - firstMs > ECHO_MS) {
        forget();
        process.kill(process.pid, name);
      }
    };
    forget = () => {
      for (const name of SIGNALS) process.removeListener(name, listener);
    };
    for (const name of SIGNALS) process.on(name, listener);
  });
  return { signal, forget: () => forget() };
}
