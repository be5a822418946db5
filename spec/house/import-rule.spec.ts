import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');
const ROOMS = ['cli', 'index.ts', 'streams', 'src', 'packages/tmux-js-bridge/src', 'scripts', 'bench'];
const RULES = ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json'];

const VIOLATIONS = [
  ['session-is-pure', 'src/session/impure.ts', '../store/errors.js'],
  ['session-has-no-node', 'src/session/io.ts', 'node:fs'],
  ['session-imports-only-zod', 'src/session/heavy.ts', 'debug'],
  ['src-imports-packages', 'src/store/upward.ts', '../../streams/tick.js'],
  ['store-imports-session', 'src/store/sideways.ts', '../agent/agent.js'],
  ['journal-stands-on-the-store', 'src/journal/sideways.ts', '../lease/lease.js'],
  ['lease-stands-on-the-store', 'src/lease/sideways.ts', '../journal/segments.js'],
  ['runtime-imports-session', 'src/runtime/sideways.ts', '../store/errors.js'],
  ['nobody-imports-the-doctor', 'src/control/ailing.ts', '../doctor/diagnose.js'],
  ['agent-imports-ports', 'src/agent/sideways.ts', '../control/find-host.js'],
  ['rxjs-in-streams', 'src/store/flowing.ts', 'rxjs'],
  ['rxjs-in-streams', 'scripts/flowing.ts', 'rxjs'],
  ['fs-extra-in-the-store', 'streams/filing.ts', 'fs-extra'],
  ['yargs-in-cli', 'streams/parsing.ts', 'yargs'],
  ['bridge-in-the-tmux-runtime', 'src/agent/bridging.ts', 'tmux-js-bridge'],
  ['cli-imports-index-alone', 'cli/reaching.ts', '../src/session/status.js'],
  ['index-knows-no-cli', 'index.ts', './cli/output/say.js'],
  ['streams-import-src', 'streams/upward.ts', '../index.js'],
  [
    'packages-import-nothing-of-ours',
    'packages/tmux-js-bridge/src/upward.ts',
    '../../../src/session/status.js',
  ],
  ['no-circles', 'src/session/circle.ts', './circle.js'],
  ['no-unresolved', 'src/session/nowhere.ts', './nowhere-to-be-found.js'],
] as const;

function checkImports(cwd: string): { status: number | null; output: string } {
  const depcruise = join(PROJECT, 'node_modules/.bin/depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', ...ROOMS];
  const { status, stdout, stderr } = spawnSync(depcruise, args, { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the import rule', () => {
  const house = mkdtempSync(join(tmpdir(), 'vitals-house-'));
  let planted: ReturnType<typeof checkImports>;

  beforeAll(() => {
    for (const file of [...RULES, ...ROOMS, 'package.json', 'packages/tmux-js-bridge/package.json']) {
      cpSync(join(PROJECT, file), join(house, file), { recursive: true });
    }
    symlinkSync(join(PROJECT, 'node_modules'), join(house, 'node_modules'));
    for (const [, file, target] of VIOLATIONS) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), `import '${target}';\n`, { flag: 'a' });
    }
    planted = checkImports(house);
  });

  afterAll(() => rmSync(house, { recursive: true }));

  it('holds for the house as it stands', () => {
    expect(checkImports(PROJECT).status).toBe(0);
  });

  it.each(VIOLATIONS)('fails what breaks %s', (rule, file) => {
    expect(planted.output).toContain(`error ${rule}: ${file}`);
    expect(planted.status).not.toBe(0);
  });
});
