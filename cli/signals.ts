const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal that asks this process to end. A second one ends it at once, as if nobody listened. */
export function nextSignal(): { signal: Promise<NodeJS.Signals>; forget: () => void } {
  let forget = (): void => undefined;
  const signal = new Promise<NodeJS.Signals>((resolve) => {
    const listener = (name: NodeJS.Signals): void => {
      forget();
      resolve(name);
    };
    forget = () => {
      for (const name of SIGNALS) process.removeListener(name, listener);
    };
    for (const name of SIGNALS) process.on(name, listener);
  });
  return { signal, forget: () => forget() };
}
