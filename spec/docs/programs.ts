import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import ts from 'typescript';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { ROOT, type Block } from './read-blocks.js';

/** What a reader of the docs has installed. */
const PACKAGES = {
  'session-vitals': '.',
  'tmux-js-bridge': 'packages/tmux-js-bridge',
  rxjs: 'node_modules/rxjs',
};

/** The programs of all pages. A block that imports begins one; a block that doesn't goes on with the one before it. */
export class Programs {
  readonly #directory = new TemporaryDirectory();
  readonly #files = new Map<Block, string>();

  constructor(blocks: readonly Block[]) {
    const modules = this.#directory.file('node_modules');
    mkdirSync(modules);
    for (const [name, path] of Object.entries(PACKAGES))
      symlinkSync(resolve(ROOT, path), `${modules}/${name}`);
    let before: Block | null = null;
    const texts = new Map<Block, string>();
    for (const block of blocks.filter(({ language }) => language === 'ts' || language === 'js')) {
      const begins = /^import /m.test(block.text) || before?.page !== block.page;
      texts.set(block, begins || !before ? block.text : `${texts.get(before) ?? ''}\n${block.text}`);
      before = block;
    }
    for (const [block, text] of texts) {
      const own = `${basename(block.page, '.md')}-${block.line}.m${block.language}`;
      const file = this.#directory.file(/^\/\/ (\S+\.m[jt]s)$/m.exec(block.text)?.[1] ?? own);
      writeFileSync(file, text);
      this.#files.set(block, file);
    }
  }

  /** Checks the types of all, as the packages publish them, and compiles them; returns what is wrong, a line each. */
  compile(): string[] {
    const path = resolve(ROOT, 'tsconfig.base.json');
    const base: { config?: unknown } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
    const { compilerOptions } = base.config as { compilerOptions: object };
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, this.#directory.path);
    const files = [...this.#files.values()].filter((file) => file.endsWith('.mts'));
    const program = ts.createProgram(files, {
      ...options,
      typeRoots: [resolve(ROOT, 'node_modules/@types')],
    });
    program.emit();
    return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const line = file ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0;
      return `${basename(file?.fileName ?? '')}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  }

  /** What Node runs for a block. */
  fileOf(block: Block): string {
    return (this.#files.get(block) ?? '').replace(/\.mts$/, '.mjs');
  }

  remove(): void {
    this.#directory.remove();
  }
}
