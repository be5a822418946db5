import { makeSession } from '../../fixtures/sessions.js';
import { defaultAgents } from '../../src/agent/default-agents.js';
import type { Checkup } from '../../src/doctor/checkup.js';
import { systemClock } from '../../src/process/system-clock.js';
import type { Session } from '../../src/session/session.js';
import { HomeLayout } from '../../src/store/home-layout.js';

/** What the checks look at: a home with these sessions, and nothing else of note. */
export const aCheckup = (
  home: string,
  { sessions = [], ...others }: Partial<Checkup> & { sessions?: Partial<Session>[] } = {},
): Checkup => ({
  layout: new HomeLayout(home),
  records: { type: 'read', snapshot: { sessions: sessions.map(makeSession), unreadable: [] } },
  runtimes: {},
  agents: defaultAgents(),
  clock: systemClock,
  env: {},
  program: null,
  isTerminal: false,
  ...others,
});
