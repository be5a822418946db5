import { parsePsPlaces } from '../../src/process/list-processes.js';
import { parsePsCommand } from '../../src/process/read-command.js';
import { parsePsState } from '../../src/process/read-process.js';

/** What the ps of macOS prints: columns padded to their width, the start as `lstart`. */
describe('what ps says where there is no /proc', () => {
  const ended = { status: 0 };

  it('is a process that is stopped: T+', () => {
    expect(parsePsState(7, { ...ended, stdout: 'T+   Mon Jan  5 09:12:32 2026    \n' })).toMatchObject({
      ...{ type: 'running', isStopped: true },
    });
  });

  it.each(['S+  ', 'Ss  ', 'R   ', 'U   ', 'I   '])('is a process that runs: %s', (stat) => {
    expect(parsePsState(7, { ...ended, stdout: `${stat} Mon Jan  5 09:12:32 2026    \n` })).toEqual({
      type: 'running',
      startTime: 'Mon Jan  5 09:12:32 2026',
    });
  });

  it('is a zombie, which runs no more', () => {
    expect(parsePsState(7, { ...ended, stdout: 'Z    Mon Jan  5 09:12:32 2026    \n' })).toEqual({
      ...{ type: 'gone', detail: 'process 7 is a zombie', startTime: 'Mon Jan  5 09:12:32 2026' },
    });
  });

  it('is nothing, with the status 1, of a process that is gone', () => {
    expect(parsePsState(7, { status: 1, stdout: '' })).toMatchObject({ type: 'gone' });
  });

  it.each([
    ['a full process table', { status: null, stdout: '', error: new Error('spawnSync ps EAGAIN') }],
    ['no ps', { status: null, stdout: '', error: new Error('spawnSync ps ENOENT') }],
    ['a ps that was killed', { status: null, stdout: '' }],
    ['a ps that fails', { status: 2, stdout: '' }],
    ['a line that was cut', { status: 0, stdout: 'S+' }],
  ])('is no answer: %s', (_, answer) => {
    expect(parsePsState(7, answer)).toMatchObject({ type: 'unknown' });
  });

  it('is the place of every process among the others', () => {
    expect(parsePsPlaces('    1     0     1\n  412     1   412\n 9120   412  9120\n')).toEqual([
      { pid: 1, parentPid: 0, sessionId: 1 },
      { pid: 412, parentPid: 1, sessionId: 412 },
      { pid: 9120, parentPid: 412, sessionId: 9120 },
    ]);
  });

  it('is a command, its arguments parted by spaces', () => {
    expect(parsePsCommand('/opt/homebrew/bin/node /opt/homebrew/bin/claude --continue\n')).toEqual([
      ...['/opt/homebrew/bin/node', '/opt/homebrew/bin/claude', '--continue'],
    ]);
    expect(parsePsCommand('-zsh\n')).toEqual(['-zsh']);
    expect(parsePsCommand('')).toEqual([]);
  });
});
