import { Actor, listBelow } from './actor.js';
import type { Scenario } from './scenario.js';

/** What happens to sessions and conversations as a whole: beginnings, ends, and who is who. */
export const FATES: Scenario[] = [
  {
    name: 'new-conversation',
    about: 'a new conversation in the same session, with work in it',
    play: async (stage, name, actors) => {
      const actor = new Actor(stage, name);
      actors.push(actor);
      await actor.start();
      await actor.rest(2);
      await actor.ask('hello');
      await actor.answered();
      await actor.rest(4);
      await actor.type(actor.profile.newConversation);
      const { newDialog } = actor.profile;
      if (newDialog !== undefined && (await actor.sees(newDialog.sign, 5)) !== null) {
        actor.is('waiting_input', 'asks where the new conversation is to run');
        await actor.rest(5);
        actor.unsure('answered', await actor.press(...newDialog.keys));
        await actor.settle('the new conversation is there');
      }
      await actor.rest(5);
      await actor.ask('stream');
      await actor.answered({ why: 'answered in the new conversation' });
      await actor.rest(5);
      const { permission } = actor.profile;
      if (permission === null) return;
      await actor.ask('approve3');
      await actor.dialog(permission.sign, 'asks, in the new conversation');
      await actor.rest(6);
      actor.is('active', 'approved', await actor.press(...permission.yes));
      await actor.answered();
      await actor.rest(4);
    },
  },
  {
    name: 'resume',
    about: 'the last conversation of a directory, taken up by another session',
    fits: ({ resumeArgs }) => resumeArgs !== null,
    play: async (stage, name, actors) => {
      const first = new Actor(stage, name);
      actors.push(first);
      await first.start();
      await first.rest(2);
      await first.ask('hello');
      await first.answered();
      await first.rest(4);
      const quitMs = await first.type(first.profile.quit);
      first.unsure('it was told to quit', quitMs);
      await first.until(async () => !(await first.isOpen()), 'its end', 15);
      first.is('exited', 'it quit');
      await first.rest(4);
      first.unsure('it is over');
      const second = new Actor(stage, name, { id: `${first.id}-2` });
      actors.push(second);
      await second.start({ args: second.profile.resumeArgs ?? [] });
      await second.rest(6);
      await second.ask('stream');
      await second.answered({ why: 'answered in the resumed conversation' });
      await second.rest(6);
    },
  },
  {
    name: 'two-in-one-directory',
    about: 'one works while the other rests, then the other way round',
    play: async (stage, name, actors) => {
      const one = new Actor(stage, name);
      const two = new Actor(stage, name, { id: `${one.id}-2` });
      actors.push(one, two);
      await one.start();
      await two.start();
      await one.rest(3);
      await one.ask('stream');
      await one.answered();
      await one.rest(5);
      await two.ask('stream');
      await two.answered();
      await two.rest(5);
    },
  },
  {
    name: 'killed-in-shell',
    about: 'an agent that was started in a shell and dies in a turn; its shell lives on',
    play: async (stage, name, actors) => {
      const actor = new Actor(stage, name);
      actors.push(actor);
      await actor.spawn(['bash', '--norc']);
      await actor.rest(2);
      actor.is('ready', 'a shell at its prompt');
      await actor.rest(4);
      actor.unsure('the agent starts', await actor.type(actor.profile.command.join(' ')));
      await actor.settle('the agent, in the shell');
      await actor.rest(5);
      await actor.ask('stream');
      await actor.rest(6);
      const shell = await actor.panePid();
      const isShell = ({ args }: { args: string }): boolean => /^\S*bash\b/.test(args);
      const doomed = (await listBelow(shell)).filter((row) => !isShell(row));
      actor.note(`killed: ${doomed.map(({ args }) => args.slice(0, 80)).join('; ')}`);
      for (const { pid } of doomed.reverse()) endProcess(pid);
      actor.is('ready', 'the agent was killed; the shell is at its prompt');
      await actor.rest(12);
      await actor.explain('after the agent was killed in its shell');
    },
  },
  {
    name: 'kill-in-turn',
    about: 'vitals kill while a command runs: 5 seconds later nothing of it does',
    play: async (stage, name, actors) => {
      const actor = new Actor(stage, name);
      actors.push(actor);
      await actor.start({ auto: true });
      const { nonce } = await actor.ask('longCommand');
      await actor.command('begin');
      await actor.rest(2);
      const before = await listBelow(await actor.panePid());
      actor.unsure('vitals kill');
      const { code, stdout, stderr } = await stage.vitals('kill', actor.id);
      const killedMs = Date.now();
      actor.is('exited', 'killed by vitals');
      await actor.rest(5);
      const own = before.map(({ pid }) => pid);
      const left = (await listBelow(0)).filter(({ pid, args }) => own.includes(pid) || args.includes(nonce));
      await actor.rest(5);
      const requests = actor.requests(killedMs);
      actor.note(
        left.length === 0 && requests === 0
          ? 'kill: nothing of it ran 5 s later, and the model was not asked again'
          : `KILL LEFT WORK: 5 s later ran ${left
              .map(({ args }) => args)
              .join('; ')
              .slice(
                0,
                300,
              )}; the model was asked ${requests} times more; it said: exit ${code}, ${(stdout + stderr).trim()}`,
      );
    },
  },
  {
    name: 'adopt',
    about: 'an agent that was started by hand in a shell, then adopted',
    play: async (stage, name, actors) => {
      const actor = new Actor(stage, name);
      actors.push(actor);
      const session = `hand-${actor.profile.agent}`;
      const size = ['-x', '120', '-y', '40'];
      await stage.tmux('new-session', '-d', '-s', session, ...size, '-c', actor.cwd, 'bash --norc');
      actor.target = `=${session}:`;
      await actor.rest(1);
      await actor.type(actor.profile.command.join(' '));
      await actor.settle('its prompt is on the screen');
      actor.account.truths.length = 0;
      const { stdout, stderr } = await stage.vitals('adopt', session);
      actor.account.sessionId = stdout.trim().split('\n').at(-1) ?? '';
      if (stderr !== '') actor.note(`adopt said: ${stderr.trim()}`);
      actor.is('ready', 'adopted at its prompt');
      await actor.rest(5);
      await actor.ask('short');
      await actor.answered();
      await actor.rest(5);
      const { permission } = actor.profile;
      if (permission !== null) {
        await actor.ask('approve3');
        await actor.dialog(permission.sign, 'asks for permission');
        await actor.rest(6);
        actor.is('active', 'approved', await actor.press(...permission.yes));
        await actor.answered();
        await actor.rest(4);
      }
    },
  },
  {
    name: 'one-shot',
    about: 'a program that is started for one prompt works until it ends',
    play: async (stage, name, actors) => {
      const actor = new Actor(stage, name);
      actors.push(actor);
      const { text, prompt } = actor.word('command');
      prompt.atMs = Date.now();
      await actor.spawn(actor.profile.oneShot(text));
      const askedMs = await actor.reaches(1, 40);
      actor.is('active', 'works on its one prompt', askedMs ?? Date.now());
      await actor.until(async () => !(await actor.isOpen()), 'its end', 60);
      actor.is('exited', 'it ended');
      await actor.rest(4);
    },
  },
  {
    name: 'trust',
    about: 'the question of the first start in a directory that is not trusted',
    fits: ({ trust }) => trust !== null,
    play: async (stage, name, actors) => {
      const cwd = `${stage.options.folder}/untrusted/${name}`;
      await stage.makeProject(cwd);
      const actor = new Actor(stage, name, { cwd });
      actors.push(actor);
      const { trust, command } = actor.profile;
      if (trust === null) return;
      await actor.spawn(command);
      const atMs = await actor.sees(trust.sign);
      actor.is('waiting_input', 'asks whether to trust the directory', atMs ?? Date.now());
      await actor.rest(8);
      actor.unsure('trusted', await actor.press(...trust.yes));
      await actor.settle('trusted, and its prompt is on the screen');
      await actor.rest(8);
    },
  },
];

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
