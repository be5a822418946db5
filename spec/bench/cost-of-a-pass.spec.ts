import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { adoptPrograms, defaultAgents, defaultRuntimes, SessionManager, systemClock } from '../../index.js';
import type { Contender, Enter } from '../../bench/contender.js';
import { enter as enterFloor } from '../../bench/contenders/floor.js';
import { enter as enterStandIn } from '../../bench/contenders/stand-in.js';
import { enter as enterVitals } from '../../bench/contenders/vitals.js';
import { quantile } from '../../bench/quantile.js';
import { standInSessions } from '../../bench/stand-in-sessions.js';
import { startSessions } from '../../bench/start-sessions.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';

const ROUNDS = 40;

/** The median of what each one's pass takes, in microseconds of processor time, in turn. */
async function compare(contenders: readonly Contender[]): Promise<number[]> {
  const costs = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const before = process.cpuUsage();
      await contender.pass();
      const { user, system } = process.cpuUsage(before);
      costs[index]!.push(user + system);
    }
  }
  return costs.map((all) => quantile(all, 0.5));
}

describe('what a pass costs in which nothing changed', () => {
  const directory = new TemporaryDirectory();
  const entered: Contender[] = [];

  const enter = async (by: Enter, arena: Parameters<Enter>[0]): Promise<Contender> => {
    const contender = await by(arena);
    entered.push(contender);
    return contender;
  };

  afterEach(async () => {
    for (const contender of entered.splice(0)) await contender.close();
  });
  afterAll(() => directory.remove());

  it('is at most four times what any pass must do: one query and one look at each record', async () => {
    const socketPath = directory.file('tmux');
    const arena = { home: directory.file('home'), socketPath, sessions: 150 };
    startSessions(socketPath, 0, arena.sessions);
    try {
      const sessions = new SessionManager({ home: arena.home });
      const runtimes = defaultRuntimes({ socketPath });
      const context = { sessions, runtimes, agents: defaultAgents(), clock: systemClock };
      await adoptPrograms(context, { targets: 'all' });
      const contenders = [await enter(enterVitals, arena), await enter(enterFloor, arena)];
      const [pass = NaN, floor = NaN] = await compare(contenders);
      expect(pass / floor).toBeLessThan(4);
    } finally {
      execFileSync('tmux', ['-S', socketPath, 'kill-server']);
    }
  });

  it('grows no faster than the number of sessions: a session of 2,000 costs at most 1.5 times one of 200', async () => {
    const contenders: Contender[] = [];
    for (const sessions of [200, 2_000]) {
      const home = directory.file(`stand-in-${sessions}`);
      mkdirSync(home);
      standInSessions(home, sessions);
      contenders.push(await enter(enterStandIn, { home, socketPath: '', sessions }));
    }
    const [few = NaN, many = NaN] = await compare(contenders);
    expect(many / 2_000 / (few / 200)).toBeLessThan(1.5);
  });
});
