import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { makeSession } from '../../fixtures/sessions.js';
import { attachCommand } from '../../src/control/attach-command.js';
import type { ControlContext } from '../../src/control/control-context.js';
import { NotSupportedError, ProgramGoneError } from '../../src/runtime/runtime-error.js';

describe('attachCommand', () => {
  const context = (command: string[] | null): ControlContext =>
    ({
      runtimes: { fake: Object.assign(new FakeRuntime(), { attachCommand: () => Promise.resolve(command) }) },
    }) as never;

  it('is what the runtime of a session says', async () => {
    expect(await attachCommand(context(['show', 'it']), makeSession())).toEqual(['show', 'it']);
  });

  it('is an error where there is nothing to show', async () => {
    const show = context(['show', 'it']);
    await expect(attachCommand(show, makeSession({ status: 'done' }))).rejects.toThrow(ProgramGoneError);
    await expect(attachCommand(show, makeSession({ handle: null }))).rejects.toThrow(ProgramGoneError);
    await expect(attachCommand(context(null), makeSession())).rejects.toThrow(NotSupportedError);
  });
});
