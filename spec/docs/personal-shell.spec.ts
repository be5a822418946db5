import { closeSync, openSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { PersonalShell } from './personal-shell.js';

const isDone = (): boolean => true;

let home: TemporaryDirectory;
let shell: PersonalShell;
beforeEach(async () => {
  home = new TemporaryDirectory();
  shell = new PersonalShell({ home: home.path, env: process.env });
  await shell.begin();
});
afterEach(async () => {
  await shell.stop();
  home.remove();
});

it('goes on when a writer lets go of its statements after they were run', async () => {
  const late = openSync(shell.fifo, 'r+');
  await shell.run('echo one', { isDone });
  closeSync(late);
  const { shown } = await shell.run('echo two', { isDone });
  expect(shown).toContain('two');
});

it('takes nothing that a statement showed for what the next one shows', async () => {
  const watch = "echo 'watching /home: 4 sessions'; sleep 100";
  expect(await shell.run(watch, { isDone })).toMatchObject({ codes: [0, 130] });
  // It begins late: what is on the screen until then is another's.
  const late = `while [ ! -e ${home.file('go')} ]; do :; done; echo begun`;
  const running = shell.run(late, {
    isDone: (shown) => {
      expect(shown).not.toContain('watching');
      return true;
    },
  });
  writeFileSync(home.file('go'), '');
  expect(await running).toMatchObject({ shown: expect.not.stringContaining('watching') as string, code: 0 });
});

it('is not held up by an interrupt that comes as a statement ends', async () => {
  for (let ms = 0; ms < 60; ms += 1) {
    const statement = `echo 'watching /home: 4 sessions'; sleep ${ms / 1000}`;
    const { code, codes } = await shell.run(statement, { isDone });
    expect([...codes, 0, 130]).toContain(code);
  }
});
