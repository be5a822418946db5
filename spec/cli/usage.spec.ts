import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Vitals, type Ended } from './vitals.js';

describe('the command line', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());

  const ESCAPE = '\u001b';

  it.each<[string, [string[], string][]]>([
    [
      'a command or a flag that is not there',
      [
        [['bogus'], 'bogus'],
        [['list', '--bogus'], 'bogus'],
        [['events', '--once', 'extra'], 'extra'],
        [['list', '--home'], 'home'],
      ],
    ],
    [
      'a value that makes no sense',
      [
        [['events', '--interval', 'soon'], '--interval takes a time such as'],
        [['events', '--stuck-after', '-5m'], 'stuck-after'],
        [['events', '--buffer', 'abc'], '--buffer takes a whole number'],
        [['list', '--home', 'a', '--home', 'b'], 'give --home only once'],
        [['events', '--type', 'bogus'], 'there are no events of type bogus'],
      ],
    ],
    [
      'too little, or what can not be',
      [
        [['kill'], 'Not enough non-option arguments'],
        [['spawn'], 'put the command after --'],
        [['spawn', '--id', '../x', '--', 'true'], 'is no id'],
        [['spawn', '--agent', 'nobody', '--', 'true'], 'there is no agent "nobody"'],
        [['spawn', '--runtime', 'nowhere', '--', 'true'], 'there is no runtime "nowhere"'],
        [['adopt'], 'name what to adopt, or say --all'],
      ],
    ],
  ])('refuses %s with the code 2 and one line', async (_, cases) => {
    const ended = await vitals.runAll(cases.map(([args]) => args));
    expect(ended).toHaveLength(cases.length);
    for (const [index, { stdout, stderr, code }] of ended.entries()) {
      const [args, message] = cases[index]!;
      expect({ args, stdout, code, lines: stderr.split('\n').length - 1 }).toEqual({
        args,
        stdout: '',
        code: 2,
        lines: 1,
      });
      expect(stderr).toMatch(/^vitals: /);
      expect(stderr).toContain(message);
    }
  });

  it('knows no session that is not there: the code 3', async () => {
    const commands = [
      ['kill', 'nobody'],
      ['send', 'shop/nobody', 'x'],
      ['attach', 'nobody'],
    ];
    const ended = await vitals.runAll(commands);
    expect(ended).toHaveLength(commands.length);
    for (const { stdout, stderr, code } of ended) {
      expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
      expect(stderr).toMatch(
        /^vitals: no session is called "(shop\/)?nobody": see them with `vitals list`\n$/,
      );
    }
  });

  it('takes what stands behind -- for what the command acts on', async () => {
    const cases: [string[], number, string][] = [
      [['kill', '--', 'nobody'], 3, 'no session is called "nobody"'],
      [['attach', '--', 'nobody'], 3, 'no session is called "nobody"'],
      [['explain', '--', 'nobody'], 3, 'no session is called "nobody"'],
      [['kill', '--', '-odd-name'], 3, 'no session is called "-odd-name"'],
      [['kill', '--', '--help'], 3, 'no session is called "--help"'],
      [['send', '--', '-odd-name', 'x'], 3, 'no session is called "-odd-name"'],
      [['kill', 'one', '--', '-two'], 2, 'Unknown argument: -two; see'],
      [['kill', '--'], 2, 'Not enough non-option arguments'],
    ];
    const ended = await vitals.runAll(cases.map(([args]) => args));
    for (const [index, [args, code, says]] of cases.entries()) {
      expect({ args, ...ended[index]! }).toEqual({
        ...{ args, stdout: '', code },
        stderr: expect.stringContaining(says) as string,
      });
    }
  });

  it('fails with the code 1 where the home can not be', async () => {
    const file = vitals.tmux.directory.file('file');
    writeFileSync(file, '');
    const commands = [
      ['events', '--once'],
      ['spawn', '--', 'true'],
    ];
    const ended = await Promise.all(commands.map((args) => vitals.run(['--home', `${file}/home`, ...args])));
    for (const { stdout, stderr, code } of ended) {
      expect({ stdout, code, lines: stderr.split('\n').length - 1 }).toEqual({
        stdout: '',
        code: 1,
        lines: 1,
      });
      expect(stderr).toContain(file);
    }
  });

  it('shows its help and its version on stdout', async () => {
    const all = [[], ['--help'], ['-h'], ['events', '--help'], ['send', '--help'], ['--version']];
    const ended = await Promise.all(all.map((args) => vitals.run(args)));
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(all.map(() => [0, '']));
    const [bare, help, short, events, send, version] = ended.map(({ stdout }) => stdout);
    for (const command of ['events', 'list', 'spawn', 'adopt', 'send', 'kill', 'attach', 'doctor']) {
      expect(bare).toMatch(new RegExp(`^  vitals ${command}\\b`, 'm'));
    }
    expect([help, short]).toEqual([bare, bare]);
    expect(events).toContain('--interval');
    expect(send).toContain('ID [TEXT]');
    const manifest = readFileSync(resolve(__dirname, '../../package.json'), 'utf8');
    expect(version).toBe(`${(JSON.parse(manifest) as { version: string }).version}\n`);
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['a shell', { CI: undefined }],
    ['a build server', { CI: 'true' }],
  ])('has no colours off a terminal: %s', async (_, env) => {
    const ended: Ended[] = await Promise.all(
      [['doctor'], ['--help'], ['bogus']].map((args) => vitals.run(args, { env })),
    );
    for (const { stdout, stderr } of ended) expect(stdout + stderr).not.toContain(ESCAPE);
  });

  it.each<[NodeJS.ProcessEnv, boolean]>([
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('has colours as asked for: %j', async (env, coloured) => {
    const { stdout } = await vitals.run(['doctor'], { env });
    expect(stdout.includes(ESCAPE)).toBe(coloured);
  });

  it('shows what it was given without letting it steer the terminal', async () => {
    const { stderr } = await vitals.run(['kill', `x${ESCAPE}]0;title\u0007\u009b31m\nsecond line`]);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
