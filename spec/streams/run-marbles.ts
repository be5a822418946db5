import { TestScheduler, type RunHelpers } from 'rxjs/testing';

export interface MarbleHelpers extends RunHelpers {
  scheduler: TestScheduler;
}

/** Runs a marble test in virtual time: a frame is a millisecond. */
export function runMarbles(test: (helpers: MarbleHelpers) => void): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  scheduler.run((helpers) => test({ ...helpers, scheduler }));
}
