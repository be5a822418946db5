import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const CHECKOUT = resolve(__dirname, '../..');

const run = promisify(execFile);

export interface Manifest {
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  bundleDependencies?: string[];
}

/**
 * A project in which nothing is but what is installed here: packages from their tarballs, and what those say they depend
 * on from the checkout, so that no network is needed. What a package doesn't say is not found.
 */
export class EmptyProject {
  readonly path: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(path: string, env: NodeJS.ProcessEnv) {
    this.path = path;
    this.#env = env;
    this.write('package.json', '{"name":"empty","private":true,"type":"module"}');
    mkdirSync(this.file('node_modules/.bin'), { recursive: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.file(name), text);
    return this.file(name);
  }

  /** Unpacks a tarball where npm would, with the commands and dependencies that it declares; returns its directory. */
  async install(name: string, tarball: string): Promise<string> {
    const directory = this.file(`node_modules/${name}`);
    await run('tar', ['-xzf', tarball, '-C', this.path]);
    renameSync(this.file('package'), directory);
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
    for (const [command, file] of Object.entries(manifest.bin ?? {})) {
      symlinkSync(join('..', name, file), this.file(`node_modules/.bin/${command}`));
    }
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      if (manifest.bundleDependencies?.includes(dependency) !== true) this.link(dependency);
    }
    return directory;
  }

  /** Takes a package from the checkout. */
  link(name: string): void {
    const place = this.file(`node_modules/${name}`);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(CHECKOUT, 'node_modules', name), place);
  }

  /** Runs a program in the project; resolves to its stdout, and rejects if it fails. */
  async run(program: string, ...args: string[]): Promise<string> {
    const { stdout } = await run(program, args, { cwd: this.path, env: this.#env });
    return stdout;
  }
}
