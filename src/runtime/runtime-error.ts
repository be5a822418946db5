/** A runtime could not do what it was asked; `cause` is the original error. */
export class RuntimeError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The program or its server is not there any more. */
export class ProgramGoneError extends RuntimeError {}

/** The program was to be ended, and is not proven gone. */
export class NotEndedError extends RuntimeError {
  /** The error of a process, by its pid. */
  static ofProcess(pid: number): NotEndedError {
    return new NotEndedError(`process ${pid} could not be ended, or can't be proven gone`);
  }
}

/** This kind of runtime can't do this at all. */
export class NotSupportedError extends RuntimeError {}

/** The record's handle is none of this runtime's. */
export class InvalidHandleError extends RuntimeError {
  constructor(type: string, cause?: unknown) {
    super(`the record's handle is no handle of the runtime ${type}`, { cause });
  }
}
