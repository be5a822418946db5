import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const CHECKOUT = resolve(__dirname, '../..');

/** Compiles `src` as it is now for the child processes of a spec file; `path` is the directory of the compiled `src`. */
export function useCompiledSource(): { readonly path: string } {
  const compiled = { path: '' };
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'vitals-compiled-'));
    compiled.path = join(root, 'src');
    writeFileSync(join(root, 'package.json'), '{"type":"module"}');
    symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
    for (const room of ['session', 'process', 'store', 'journal', 'lease'])
      compileRoom(join('src', room), root);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return compiled;
}

function compileRoom(room: string, root: string): void {
  const options: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const name of readdirSync(join(CHECKOUT, room)).filter((file) => file.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(CHECKOUT, room, name), 'utf8'), {
      compilerOptions: { ...options, verbatimModuleSyntax: true },
    });
    const target = join(root, room, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}
