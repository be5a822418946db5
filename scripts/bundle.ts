import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

/** These consist of many files, and loading each takes longer than running it. */
const BUNDLED = ['rxjs', 'zod', 'tmux-js-bridge'];

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

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
  minify: true,
  keepNames: true,
  logLevel: 'warning',
});
