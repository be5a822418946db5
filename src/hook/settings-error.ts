/** An agent's settings can't be changed; they are as they were. `path` is the file. */
export class SettingsError extends Error {
  constructor(
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${path} ${message}; nothing was changed`, options);
    this.name = 'SettingsError';
  }
}
