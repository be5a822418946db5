import { dirname } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** What the compiler says of a file, and of the declarations of packages that it draws in. */
export function checkTypes(
  file: string,
  { resolution, packages }: { resolution: keyof typeof RESOLUTIONS; packages: readonly string[] },
): { complaints: string[]; declarations: number } {
  const options = { ...OPTIONS, ...RESOLUTIONS[resolution] };
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => dirname(file);
  const program = ts.createProgram([file], options, host);
  const declarations = program
    .getSourceFiles()
    .filter(({ fileName }) => packages.some((name) => fileName.includes(`/node_modules/${name}/dist/`)));
  const own = program.getSourceFile(file);
  const diagnostics = (own ? [own, ...declarations] : []).flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]);
  const complaints = [...program.getOptionsDiagnostics(), ...diagnostics].map(
    (diagnostic) =>
      `${diagnostic.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`,
  );
  return { complaints, declarations: declarations.length };
}
