import { MANUALS } from '../../cli/manuals.js';
import { eventVariables } from '../../cli/event-variables.js';
import { Vitals } from './vitals.js';

describe('the help of each command', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());

  it('says what it is for, how it is used, by examples, and how it exits', async () => {
    const help = await vitals.do('--help');
    const commands = [...help.matchAll(/^ {2}vitals (\S+)/gm)].map(([, name]) => name!);
    expect(commands).toEqual(
      expect.arrayContaining(['watch', 'wait', 'on', 'timeline', 'completion', 'events']),
    );
    const texts = await Promise.all(commands.map((command) => vitals.do(command, '--help')));
    for (const [index, text] of texts.entries()) {
      const command = commands[index]!;
      expect(text.startsWith(`vitals ${command}`)).toBe(true);
      expect(text).toContain(`Examples:\n  vitals ${command}`);
      expect(text).toMatch(/Exit codes:\n {2}0 {2}\S/);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it('lists every variable that `on` sets', () => {
    const about = MANUALS['on']?.about ?? '';
    const set = Object.keys(
      eventVariables({ type: 'lagged', missed: 1, seq: 1, epoch: 'e', time: '2026-01-01T00:00:00.000Z' }),
    );
    const listed = about.match(/VITALS_[A-Z_]+/g) ?? [];
    expect([...new Set(listed)].sort()).toEqual([...set, 'VITALS_HOME'].sort());
  });
});
