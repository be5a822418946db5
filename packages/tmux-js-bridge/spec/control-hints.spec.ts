import { connectControl, type Controlled } from './fixtures/control-client.js';
import { PrivateTmux } from './fixtures/private-tmux.js';

let tmux: PrivateTmux;
let control: Controlled;
beforeEach(async () => {
  tmux = new PrivateTmux();
  await tmux.start('kept');
  control = await connectControl(tmux);
});
afterEach(async () => {
  await control.server.close();
  await tmux.stop();
});

it('tells of new, renamed and ended sessions and of windows', async () => {
  for (const command of [
    ['new-session', '-d', '-s', 'new', 'cat'],
    ['rename-session', '-t', '=new', 'renamed'],
    ['new-window', '-d', '-t', '=renamed:', 'cat'],
    ['kill-window', '-t', '=renamed:1'],
    ['kill-session', '-t', '=renamed'],
  ]) {
    const hint = control.untilHint('changed');
    await tmux.run(...command);
    await hint;
  }
});

it('tells of the end of a program, soon', async () => {
  const latenciesMs: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const { panePid } = await tmux.start(`round-${round}`);
    const heardAtMs = new Promise<number>((resolve) => {
      const stop = control.server.onHint(() => {
        stop();
        resolve(performance.now());
      });
    });
    const startedAtMs = performance.now();
    process.kill(panePid, 'SIGKILL');
    latenciesMs.push((await heardAtMs) - startedAtMs);
  }

  latenciesMs.sort((a, b) => a - b);
  // A second would be a poll; it is about two milliseconds.
  expect(latenciesMs[10]).toBeLessThan(250);
});

it('tells a listener nothing after it has stopped', async () => {
  const heard: string[] = [];
  const stop = control.server.onHint(({ type }) => heard.push(type));
  stop();
  stop();
  const hint = control.untilHint('changed');
  await tmux.start('new');
  await hint;

  expect(heard).toEqual([]);
});

it('gives no hints without control', async () => {
  const heard: string[] = [];
  const stop = tmux.server.onHint(({ type }) => heard.push(type));
  const hint = control.untilHint('changed');
  await tmux.start('new');
  await hint;
  stop();
  await tmux.server.close();

  expect(heard).toEqual([]);
  expect((await tmux.server.listPanes()).panes).toHaveLength(3);
});
