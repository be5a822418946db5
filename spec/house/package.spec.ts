import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { checkTypes } from './check-types.js';
import { EmptyProject } from './empty-project.js';

const CHECKOUT = resolve(__dirname, '../..');
const BRIDGE = join(CHECKOUT, 'packages/tmux-js-bridge');
const MAX_PACKED_BYTES = 640_000;
const MAX_UNPACKED_BYTES = 2_000_000;

/** A pure export and all that it needs took 3.6 kB when this was written. */
const MAX_TRANSITION_BYTES = 8_000;

const manifest = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as { version: string };

const run = promisify(execFile);
const tool = (name: string): string => join(CHECKOUT, 'node_modules/.bin', name);

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

async function pack(cwd: string, target: string): Promise<Packed & { tarball: string }> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', target];
  const { stdout } = await run('npm', args, { cwd });
  const [packed] = JSON.parse(stdout) as [Packed];
  return { ...packed, tarball: join(target, packed.filename) };
}

/** The first example in TypeScript of a README; it is JavaScript as well. */
const readExample = (file: string): string => /```ts\n([\s\S]*?)```/.exec(readFileSync(file, 'utf8'))![1]!;

describe.each([
  { name: 'session-vitals', directory: CHECKOUT },
  { name: 'tmux-js-bridge', directory: BRIDGE },
])('the package $name', ({ name, directory }) => {
  const tmux = new PrivateTmux();
  const env = { ...tmux.env, VITALS_HOME: tmux.directory.file('home') };
  let packed: Awaited<ReturnType<typeof pack>>;
  let project: EmptyProject;
  let installed: string;

  beforeAll(async () => {
    packed = await pack(directory, tmux.directory.path);
    const path = tmux.directory.file('project');
    mkdirSync(path);
    project = new EmptyProject(path, env);
    installed = await project.install(name, packed.tarball);
    project.link('@types/node');
  }, 60_000);
  afterAll(() => tmux.stop());

  it('holds what is built and nothing of how it was built', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/index.d.ts']),
    );
    expect(paths.filter((path) => /tsbuildinfo|\.spec\.|\/(spec|bench|scripts)\//.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(MAX_PACKED_BYTES);
    expect(packed.unpackedSize).toBeLessThan(MAX_UNPACKED_BYTES);
  });

  it('is as those who resolve it expect it', async () => {
    await Promise.all([
      run(tool('publint'), ['run', installed, '--pack', 'false', '--strict']),
      run(tool('attw'), [packed.tarball, '--profile', 'esm-only', '--format', 'ascii']),
    ]);
  }, 60_000);

  // Their declarations are the same in both, and so are looked at but once.
  it.each([
    { resolution: 'nodenext', packages: ['session-vitals', 'tmux-js-bridge'] },
    { resolution: 'bundler', packages: [] },
  ] as const)(
    'has types for a strict project that resolves as $resolution',
    ({ resolution, packages }) => {
      const file = project.write('example.ts', readExample(join(installed, 'README.md')));
      const { complaints, declarations } = checkTypes(file, { resolution, packages });
      expect(complaints).toEqual([]);
      expect(declarations > 0).toBe(packages.length > 0);
    },
    60_000,
  );

  it('is there for import, and for require where that takes modules', async () => {
    const count = 'console.log(Object.keys(found).length)';
    const imported = `import * as found from '${name}'; ${count}`;
    const required =
      `const found = process.features.require_module ? require('${name}') : import('${name}');` +
      `Promise.resolve(found).then((found) => ${count})`;
    const counts = await Promise.all([
      project.run('node', '--input-type=module', '-e', imported),
      project.run('node', '--input-type=commonjs', '-e', required),
    ]);
    expect(Number(counts[0])).toBeGreaterThan(10);
    expect(counts[1]).toBe(counts[0]);
  });

  if (name === 'tmux-js-bridge') {
    it('runs the example of its README', async () => {
      const example = project.write('example.mjs', readExample(join(installed, 'README.md')));
      expect(await project.run('node', example)).toContain("paneId: '%0'");
    });
    return;
  }

  it('is a command', async () => {
    const [version, doctor, events] = await Promise.all([
      project.run('npx', '--no', '--', 'vitals', '--version'),
      project.run('node_modules/.bin/vitals', 'doctor', '--json'),
      project.run('node_modules/.bin/vitals', 'events', '--once'),
    ]);
    expect(version).toBe(`${manifest.version}\n`);
    expect(doctor).toContain('"check":"tmux"');
    expect(events).toBe('');
    expect(statSync(join(installed, 'dist/bin/main.js')).mode & 0o111).toBe(0o111);
  });

  it('gives a bundler no more than what is imported', async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: "export { transition } from 'session-vitals'", resolveDir: project.path },
      bundle: true,
      format: 'esm',
      platform: 'node',
      minify: true,
      write: false,
      metafile: true,
    });
    const [output] = Object.values(metafile.outputs);
    const kept = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    expect(kept.filter(([path]) => !path.includes('session-vitals/dist/src/session/'))).toEqual([]);
    expect(outputFiles[0]!.contents.byteLength).toBeLessThan(MAX_TRANSITION_BYTES);
  });
});
