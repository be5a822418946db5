import { mkdirSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../../fixtures/processes/temporary-directory.js';
import {
  builtInDescribedAgents,
  loadDescribedAgents,
} from '../../../src/agent/described/described-agents.js';
import { readTui } from '../../../src/agent/tui/read-tui.js';
import { aView } from '../a-view.js';
import { after, AgentFolders } from '../agent-folders.js';

const HOUND = `
programs: [hound, '@example/hound']
title: { active: '^busy', ready: '^rest' }
composer: { line: '^» ?(?<text>.*)$', placeholder: '^Ask me$' }
working: ['\\bpress x to stop\\b']
marker: '*'
dialogs:
  - { kind: permission, when: 'May I' }
keyDialogs:
  - kind: trust
    when: 'Trust it\\?'
    keys: '\\[y\\] .* \\[n\\]'
    options: [{ key: y, label: 'Yes' }, { key: n, label: 'No' }]
typing:
  commands: [{ when: '^/', what: 'runs a command' }]
`;

describe('the agents that a folder describes', () => {
  let home: TemporaryDirectory;
  const write = (name: string, text: string): void => {
    mkdirSync(home.file('agents'), { recursive: true });
    writeFileSync(home.file(`agents/${name}`), text);
  };
  const read = () => loadDescribedAgents(home.file('agents'));
  const look = async (...rows: string[]) => {
    const rules = (await read()).agents['hound']?.tui;
    if (!rules) throw new Error('it has no rules');
    return readTui({ rows }, rules);
  };

  beforeEach(() => {
    home = new TemporaryDirectory();
  });
  afterEach(() => home.remove());

  it('are none where there is no folder', async () => {
    expect(await read()).toEqual({ agents: {}, problems: [] });
  });

  it('are recognised by their programs', async () => {
    write('hound.yaml', HOUND);
    const { hound } = (await read()).agents;
    expect(hound?.recognises(['npx', '@example/hound'])).toBe(true);
    expect(hound?.recognises(['hounds'])).toBe(false);
  });

  it('are read by their screen', async () => {
    write('hound.yaml', HOUND);
    expect((await look('Done.', '» Ask me')).composer?.isEmpty).toBe(true);
    expect((await look('Done.', '» a draft')).composer?.text).toBe('a draft');
    expect((await look('press x to stop', '»')).working).toBe('press x to stop');
    expect((await look('May I run it?', '  * Yes', '    No')).dialog).toMatchObject({
      ...{ kind: 'permission', highlighted: 0, layout: 'column' },
    });
    expect((await look('Trust it?', '/srv/work', '[y] yes [n] no')).dialog).toMatchObject({
      ...{ kind: 'trust', layout: 'keys', question: 'Trust it?\n/srv/work' },
      options: [
        { key: 'y', meaning: 'yes' },
        { key: 'n', meaning: 'no' },
      ],
    });
  });

  it.each([
    ['no programs', 'working: []', /^programs: /],
    ['a pattern that is none', "programs: [x]\nworking: ['(']", /^working\.0: Invalid regular expression/],
    ['a field that is unknown', 'programs: [x]\ncolour: red', /colour/],
    ['no YAML', 'programs: [x', /./],
    ['nothing', '', /./],
  ])('cost themselves alone where a file has %s', async (_, text, message) => {
    write('bad.yaml', text);
    write('hound.yaml', HOUND);
    const { agents, problems } = await read();
    expect(Object.keys(agents)).toEqual(['hound']);
    expect(problems.map(({ path }) => path)).toEqual([home.file('agents/bad.yaml')]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).not.toContain('\n');
  });

  it('have a name that a record can bear', async () => {
    write('My Hound.yaml', HOUND);
    expect(await read()).toMatchObject({
      agents: {},
      problems: [{ path: home.file('agents/My Hound.yaml') }],
    });
  });
});

describe('the built-in described agents', () => {
  const LINE = '─'.repeat(40);
  const look = (name: string, ...rows: string[]) => {
    const rules = builtInDescribedAgents()[name]?.tui;
    if (!rules) throw new Error('it has no rules');
    return readTui({ rows }, rules);
  };

  it('read Cline', () => {
    const box = (typed: string) => [
      LINE,
      `❯ ${typed}`,
      LINE,
      ' gpt-4o (1) $0.00     ○ Plan ● Act (Tab)',
      ' work',
    ];
    expect(look('cline', ' * Done.', ...box('Ask anything...')).composer?.isEmpty).toBe(true);
    expect(look('cline', ' * Done.', ...box('a draft')).composer?.text).toBe('a draft');
    expect(look('cline', ' ⠋ Thinking... (esc to cancel)', ...box('Ask anything...')).working).toContain(
      'Thinking',
    );
    const asks = look(
      ...['cline', ' Cline needs permission', ' Approve tool call?', ' run_commands', '   $ rm -r build'],
      ...['  [y] Approve   [n] Deny', ' gpt-4o (1) $0.00', ' work'],
    );
    expect(asks).toMatchObject({ composer: null, dialog: { kind: 'permission', layout: 'keys' } });
    expect(asks.dialog?.options.map(({ key, meaning }) => [key, meaning])).toEqual([
      ['y', 'yes'],
      ['n', 'no'],
    ]);
  });

  it('read Continue', () => {
    const boxed = (...rows: string[]) => [
      `╭${LINE}╮`,
      ...rows.map((row) => `│${row.padEnd(60)}│`),
      `╰${LINE}╯`,
      '  /srv/work ⊦main                    ◉ Continue CLI',
    ];
    const placeholder = ' ● ▋Ask anything, @ for context, / for slash commands, ! for shell mode';
    expect(look('continue', ...boxed(placeholder)).composer?.isEmpty).toBe(true);
    expect(look('continue', ' ⣾⣾⡿  ( 0s • esc to interrupt )', ...boxed(placeholder)).working).not.toBeNull();
    const { dialog } = look(
      'continue',
      ...boxed(
        ...['  Bash(rm -r build)', '', '  Would you like to continue?', '', '  > Continue (tab)'],
        ...["    Continue + don't ask again (shift+tab)"],
        ...['    No, and tell Continue what to do differently (esc)', ''],
      ),
    );
    expect(dialog).toMatchObject({ kind: 'permission', highlighted: 0 });
    expect(dialog?.options.map(({ meaning }) => meaning)).toEqual(['yes', 'always', 'no']);
  });

  it('take what they print for work, where they show no sign of it, but not what is typed', async () => {
    const folders = new AgentFolders();
    const ask = async (typed: string, lastOutputAt: string) => {
      const view = aView({ lastOutputAt }, `${LINE}\n❯ ${typed}\n${LINE}\n gpt-4o`);
      const agent = builtInDescribedAgents(folders)['cline'];
      const options = { signal: new AbortController().signal };
      return (await agent?.detectActivity(folders.session({ handle: { type: 'fake' } }), view, options))
        ?.activity;
    };
    expect(await ask('Ask anything...', after(99))).toBe('active');
    expect(await ask('Ask anything...', after(90))).toBe('ready');
    expect(await ask('a draft', after(99))).toBe('ready');
    folders.home.remove();
  });
});
