import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** These consist of many files, and loading each takes longer than running it. */
const BUNDLED = ['rxjs', 'yargs', 'zod', 'tmux-js-bridge'];

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

// A chunk's name holds its digest: those of an earlier build would stay, and be packed.
rmSync('dist/bin', { recursive: true, force: true });

// The command starts at each step of somebody's script, so it is few files; what imports the library gets it as it is.
await build({
  entryPoints: ['dist/cli/main.js'],
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: Object.keys(dependencies).filter((name) => !BUNDLED.includes(name)),
  // Of its CommonJS, which Node is given, nothing could be left out.
  alias: { rxjs: resolve('node_modules/rxjs/dist/esm/index.js') },
  minify: true,
  keepNames: true,
  logLevel: 'warning',
});

const modulesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(directory, name));

// Whoever imports it reads of it in its declarations: the modules are packed without most of their comments.
await build({
  entryPoints: ['dist/index.js', ...modulesBelow('dist/src'), ...modulesBelow('dist/streams')],
  outdir: 'dist',
  outbase: 'dist',
  allowOverwrite: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
