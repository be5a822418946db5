import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Machine } from './machine.js';
import { ROOT } from './read-blocks.js';
import { verifyUnit } from './verify-unit.js';

const UNIT = readFileSync(resolve(ROOT, 'examples/session-vitals.service'), 'utf8');

describe('session-vitals.service', () => {
  it('is a unit', () => {
    expect(verifyUnit(UNIT)).toBe('');
  });

  it('would be refused, had it a mistake', () => {
    expect(verifyUnit(UNIT.replace('Restart=', 'Restarts='))).toContain('Restarts');
  });

  it('runs a command that watches', async () => {
    const machine = new Machine();
    try {
      await machine.begin();
      const [, command = ''] = /^ExecStart=(.*)$/m.exec(UNIT) ?? [];
      const { shown, code, codes } = await machine.shell.run(command, { isDone: () => true });
      expect(shown).toContain('watching ');
      expect(codes).toContain(code);
    } finally {
      await machine.stop();
    }
  });
});
