import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What package-lock.json says of a package at its path, as far as it is needed here. */
interface Locked {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const ROUNDS = 15;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { packages } = readJson('package-lock.json') as { packages: Record<string, Locked> };
const manifest = readJson('package.json') as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

/** The place of a package, as one that lies at `from` finds it; null if it is optional and not for this machine. */
function findPackage(name: string, from: string): string | null {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))) {
    const path = join(place, 'node_modules', name);
    if (packages[path] && statSync(path, { throwIfNoEntry: false })) return path;
    if (place === '') return null;
  }
}

/** A package's place and those of all that it brings. */
function collect(path: string, places = new Set<string>()): Set<string> {
  if (places.has(path)) return places;
  places.add(path);
  const { dependencies, optionalDependencies } = packages[path] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = findPackage(name, path);
    if (found !== null) collect(found, places);
  }
  return places;
}

/** The bytes of a package's own files. */
function sizeOf(directory: string): number {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .map((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? sizeOf(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** The processor time that importing it takes, in ms: the median, each in a process of its own. */
function timeImport(name: string): number {
  const program =
    `const before = process.cpuUsage(); await import('${name}'); const { user, system } = process.cpuUsage(before);` +
    'console.log((user + system) / 1000)';
  const times = Array.from({ length: ROUNDS }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', program])),
  ).sort((one, other) => one - other);
  return times[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

for (const kind of ['dependencies', 'devDependencies'] as const) {
  process.stdout.write(`${kind}\n`);
  for (const name of Object.keys(manifest[kind])) {
    const places = [...collect(`node_modules/${name}`)];
    const kilobytes = places.reduce((sum, place) => sum + sizeOf(place), 0) / 1_000;
    const timed = kind === 'dependencies' ? `, loaded in ${timeImport(name).toFixed(0)} ms` : '';
    process.stdout.write(
      `  ${name}: ${kilobytes.toFixed(0)} kB, ${places.length - 1} packages brought${timed}\n`,
    );
  }
}
