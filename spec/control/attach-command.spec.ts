import { FakeRuntime } from '../../fixtures/fakes/fake-runtime.js';
import { makeSession } from '../../fixtures/sessions.js';
import { attachCommand } from '../../src/control/attach-command.js';
import type { ControlContext } from '../../src/control/control-context.js';
import { NotSupportedError, ProgramGoneError } from '../../src/runtime/runtime-error.js';

describe('attachCommand', () => {
  const context = (command: string[] | null): ControlContext =>
    ({ runtimes: { fake: Object.assign(new FakeRuntime(), { attachCommand: () => command }) } }) as never;

  it('is what the runtime of a session says', () => {
    expect(attachCommand(context(['show', 'it']), makeSession())).toEqual(['show', 'it']);
  });

  it('is an error where there is nothing to show', () => {
    const show = context(['show', 'it']);
    expect(() => attachCommand(show, makeSession({ status: 'done' }))).toThrow(ProgramGoneError);
    expect(() => attachCommand(show, makeSession({ handle: null }))).toThrow(ProgramGoneError);
    expect(() => attachCommand(context(null), makeSession())).toThrow(NotSupportedError);
  });
});
