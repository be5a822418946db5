import { spawnSync } from 'node:child_process';

describe('docs/states.md', () => {
  it('is what the transition table makes it', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/scripts/states.js', '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
