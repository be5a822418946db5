import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { EventsCommand } from './events-command.js';
import { Vitals } from './vitals.js';

const HOOK = `'${process.execPath}' '${resolve(__dirname, '../../dist/bin/main.js')}' hook`;

describe('hook', () => {
  const vitals = new Vitals();
  const { directory } = vitals.tmux;
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  const noteFile = (id: string): string => `${vitals.home}/hooks/default/${id}.json`;
  const noteOf = (id: string): Record<string, unknown> =>
    JSON.parse(readFileSync(noteFile(id), 'utf8')) as Record<string, unknown>;
  const json = (event: string, more: Record<string, unknown> = {}): string =>
    JSON.stringify({ hook_event_name: event, session_id: 'one', transcript_path: '/t/one.jsonl', ...more });

  /** A line of shell that calls a hook with this on stdin, and notes its exit code. */
  function callHook(
    input: string,
    { agent = 'claude-code' } = {},
  ): { line: string; ended: () => Promise<string> } {
    const [stdin, code] = [directory.fresh('stdin'), directory.fresh('code')];
    writeFileSync(stdin, input);
    return {
      line: `${HOOK} ${agent} <'${stdin}'; echo $? >'${code}.tmp'; mv '${code}.tmp' '${code}'`,
      ended: () => waitFor('the hook', () => existsSync(code) && readFileSync(code, 'utf8').trim()),
    };
  }

  it('records what the agent of a spawned session says, readable for its owner alone', async () => {
    const { line, ended } = callHook(json('PermissionRequest', { tool_name: 'Bash' }));
    await vitals.spawn('api', `${line}; exec sleep 60`, { agent: 'claude-code' });
    expect(await ended()).toBe('0');
    expect(noteOf('api')).toMatchObject({
      ...{ event: 'PermissionRequest', activity: 'waiting_input', detail: 'it waits for an answer (Bash)' },
      ...{ agent: 'claude-code', conversation: 'one', transcriptPath: '/t/one.jsonl' },
    });
    expect(statSync(noteFile('api')).mode & 0o777).toBe(0o600);
    expect(statSync(`${vitals.home}/hooks`).mode & 0o777).toBe(0o700);
  });

  it('has the loop look at once, long before its next turn', async () => {
    const { line } = callHook(json('PermissionRequest'));
    const go = directory.fresh('go');
    execFileSync('mkfifo', [go]);
    await vitals.spawn('asker', `read -r _ <'${go}'; ${line}; exec sleep 60`, { agent: 'claude-code' });
    const events = new EventsCommand(vitals.start(['events', '--interval', '1h']));
    await events.watching;
    await events.until({ type: 'status_changed', sessionId: 'asker', to: 'working' });
    writeFileSync(go, 'go\n');
    const change = await events.until({ type: 'status_changed', sessionId: 'asker', to: 'needs_input' });
    expect(change).toMatchObject({ evidence: { source: 'hook' } });
    await events.end();
  }, 60_000);

  it('finds the session of an adopted pane, whose environment names none', async () => {
    const { line, ended } = callHook(json('Stop'));
    const go = directory.fresh('go');
    execFileSync('mkfifo', [go]);
    const script = `VITALS_HOME='${vitals.home}'; export VITALS_HOME; read -r _ <'${go}'; ${line}; exec sleep 60`;
    await vitals.tmux.newSession('found', 'sh', '-c', script);
    await vitals.do('adopt', '--tmux-socket', vitals.tmux.socketPath, 'found');
    writeFileSync(go, 'go\n');
    expect(await ended()).toBe('0');
    expect(noteOf('found')).toMatchObject({ activity: 'ready' });
    const { handle } = (await vitals.sessions.get('default/found'))!;
    expect(readFileSync(vitals.sessions.layout.rootFile(Number(handle!['panePid'])), 'utf8')).toBe(
      'default/found\n',
    );
  });

  it('records nothing for a session whose name it has inherited, but that it does not run in', async () => {
    await vitals.spawn('heir', 'exec sleep 60');
    const { code, stdout, stderr } = await vitals.run(['hook', 'claude-code'], {
      stdin: json('Stop'),
      env: { VITALS_SESSION: 'default/heir' },
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(noteFile('heir'))).toBe(false);
  });

  it('takes no agent that runs inside the session’s own one for that one', async () => {
    const outer = callHook(json('UserPromptSubmit'));
    const inner = callHook(json('Stop', { session_id: 'two' }));
    const other = callHook(json('Stop'), { agent: 'codex' });
    const script = directory.fresh('agent');
    // Each runs its hooks by a shell, as agents do; the inner one runs inside the outer one.
    writeFileSync(
      script,
      `const { execSync } = require('node:child_process');
       if (process.argv[2] === 'inner') { execSync(${JSON.stringify(inner.line)}); execSync(${JSON.stringify(other.line)}); }
       else { execSync(${JSON.stringify(outer.line)}); execSync(process.execPath + ' ${script} inner'); setInterval(() => {}, 1000); }`,
    );
    await vitals.spawn('nest', `'${process.execPath}' '${script}'`, { agent: 'claude-code' });
    for (const { ended } of [outer, inner, other]) expect(await ended()).toBe('0');
    expect(noteOf('nest')).toMatchObject({ activity: 'active', conversation: 'one', agent: 'claude-code' });
  });

  it('follows the same agent into another conversation', async () => {
    const [first, second] = [
      callHook(json('Stop')),
      callHook(json('SessionStart', { session_id: 'two', source: 'clear' })),
    ];
    const script = directory.fresh('agent');
    writeFileSync(
      script,
      `const { execSync } = require('node:child_process');
       execSync(${JSON.stringify(first.line)}); execSync(${JSON.stringify(second.line)}); setInterval(() => {}, 1000);`,
    );
    await vitals.spawn('clear', `'${process.execPath}' '${script}'`, { agent: 'claude-code' });
    expect(await second.ended()).toBe('0');
    expect(noteOf('clear')).toMatchObject({ conversation: 'two' });
  });

  it.each([
    ['nothing', ''],
    ['what is no JSON', 'hello\u001b[2J'],
    ['JSON that is no hook', '[1,2]'],
    ['more than a hook can say', JSON.stringify({ hook_event_name: 'Stop', x: 'x'.repeat(2 * 1024 * 1024) })],
  ])('never fails the agent that hands over %s: the code 0, and one line', async (_, stdin) => {
    const { code, stdout, stderr } = await vitals.run(['hook', 'claude-code'], { stdin });
    expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 0, stdout: '', lines: 1 });
    expect(stderr).toMatch(/^vitals: stdin holds /);
  });

  it('never fails an agent that leaves stdin open, nor one whose home can not be written', async () => {
    const child = vitals.start(['hook', 'claude-code']);
    const code = await new Promise((done) => child.once('exit', done));
    expect(code).toBe(0);
    const file = directory.fresh('file');
    writeFileSync(file, '');
    const ended = await vitals.run(['hook', 'claude-code'], {
      stdin: json('Stop'),
      env: { VITALS_HOME: `${file}/home` },
    });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
  });

  it('knows the agents whose hooks it understands', async () => {
    const { code, stderr } = await vitals.run(['hook', 'nobody'], { stdin: json('Stop') });
    expect(code).toBe(0);
    expect(stderr).toBe('vitals: no hooks of "nobody" are known: claude-code, codex, gemini\n');
  });
});
