import { readLines, Vitals } from './vitals.js';

describe('adopt', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  it('records all that runs, once, and tells its end without a code', async () => {
    await vitals.tmux.newSession('one', 'sh', '-c', 'read -r line; exit 3');
    await vitals.tmux.newSession('two', 'sleep', '60');
    expect(await vitals.run(['adopt', '--all'])).toEqual({
      stdout: 'one\ntwo\n',
      stderr: '',
      code: 0,
      signal: null,
    });
    expect(await vitals.do('adopt', '--all')).toBe('one\ntwo');
    expect(readLines(await vitals.do('list'))).toHaveLength(2);

    const watch = await vitals.watch();
    await vitals.tmux.run('send-keys', '-t', 'one', 'Enter');
    expect(await watch.until({ type: 'terminated' })).toMatchObject({
      sessionId: 'one',
      exit: { code: null, signal: null },
    });
  });

  it('knows what it was told to adopt by its exact name alone', async () => {
    await vitals.tmux.newSession('int-12', 'sleep', '60');
    const { stdout, stderr, code } = await vitals.run(['adopt', 'int-1', '--project', 'shop']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toMatch(/^vitals: tmux has no session or pane called exactly "int-1": .*\n$/);
    expect(await vitals.do('adopt', 'int-12', '--project', 'shop')).toBe('int-12');
    expect(await vitals.sessions.get('shop/int-12')).not.toBeNull();
  });

  it('takes what stands behind -- for a name, whatever it looks like', async () => {
    await vitals.tmux.newSession('-odd', 'sleep', '60');
    await vitals.tmux.newSession('--all', 'sleep', '60');
    await vitals.tmux.newSession('even', 'sleep', '60');
    const ids = (await vitals.do('adopt', '--project', 'odd', 'even', '--', '-odd', '--all')).split('\n');
    expect(ids).toHaveLength(3);
    expect(
      (await vitals.sessions.list()).sessions.filter(({ projectId }) => projectId === 'odd'),
    ).toHaveLength(3);
    const { code, stderr } = await vitals.run(['adopt', '--', '-nobody']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('"-nobody"') as string });
  });

  it('looks at the server that it is told to', async () => {
    const elsewhere = vitals.tmux.directory.file('elsewhere');
    expect(await vitals.do('adopt', '--all', '--tmux-socket', elsewhere)).toBe('');
    expect(
      await vitals.run(['adopt', '--all'], {
        env: { TMUX_TMPDIR: '/nonexistent', TMUX: `${elsewhere},1,0` },
      }),
    ).toEqual({
      ...{ stdout: '', stderr: '', code: 0, signal: null },
    });
  });
});
