import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { EVENT_TYPES } from '../../src/session/event.js';
import { MAIN } from '../cli/vitals.js';
import { Machine } from './machine.js';
import { findMissing } from './output.js';
import { Programs } from './programs.js';
import { readBlocks, ROOT, type Block } from './read-blocks.js';
import { splitStatements } from './split-statements.js';
import { UNRUN_BLOCKS } from './unrun-blocks.js';
import { verifyUnit } from './verify-unit.js';
import { agentDescriptionSchema } from '../../src/agent/described/agent-description.js';
import { parse as parseYaml } from 'yaml';

interface Package {
  name: string;
  version: string;
  scripts: Record<string, string>;
}

const PAGES = [
  'README.md',
  ...readdirSync(resolve(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'packages/tmux-js-bridge/README.md',
];
const [PACKAGE, BRIDGE] = ['package.json', 'packages/tmux-js-bridge/package.json'].map(
  (file) => JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')) as Package,
) as [Package, Package];
const VERSIONS: Record<string, string> = { [PACKAGE.name]: PACKAGE.version, [BRIDGE.name]: BRIDGE.version };
const BLOCKS = PAGES.flatMap(readBlocks);
/** What a page adds something to. */
const UNIT = readFileSync(resolve(ROOT, 'examples/session-vitals.service'), 'utf8');
const LANGUAGES = ['sh', 'ts', 'js', 'python', 'json', 'ndjson', 'ini', 'yaml', 'text', 'mermaid'];
const BLOCK_LIMIT_MS = 60_000;
const RUN = ['sh', 'ts', 'js'];
const OUTPUT = ['text', 'ndjson'];

const nameOf = ({ page, line, language }: Block): string => `${page}:${line} (${language})`;
const isUnrun = ({ page, text }: Block): boolean =>
  UNRUN_BLOCKS.some((unrun) => unrun.page === page && text.startsWith(unrun.begins));

/** What a block prints, if the page shows it: the block after it. */
function outputOf(block: Block): string | null {
  const next = BLOCKS[BLOCKS.indexOf(block) + 1];
  const isOutput = next?.page === block.page && !next.beginsSection && OUTPUT.includes(next.language);
  return isOutput ? next.text : null;
}

/** What a statement's comments say that it exits with. */
const codeOf = (statement: string): number => Number(/# exits with (\d+)/.exec(statement)?.[1] ?? 0);

/** A program that this statement needs and that this machine lacks. */
const lackOf = (statement: string): string | undefined =>
  ['jq', 'python3'].find(
    (name) =>
      new RegExp(`\\b${name}\\b`).test(statement) && spawnSync(name, ['--version']).error !== undefined,
  );

async function runStatements(machine: Machine, block: Block): Promise<void> {
  const documented = outputOf(block) ?? '';
  let printed = '';
  const isMissing = (shown: string): string | null => findMissing(documented, printed + shown, machine);
  const lacks: string[] = [];
  for (const statement of splitStatements(block.text)) {
    const lack = lackOf(statement);
    if (lack !== undefined) {
      lacks.push(lack);
      continue;
    }
    const { shown, code, codes } = await machine.shell.run(statement, {
      isDone: (now) => isMissing(now) === null,
    });
    printed += `${shown}\n`;
    const wanted = codeOf(statement) === 0 ? codes : [codeOf(statement)];
    if (!wanted.includes(code)) {
      throw new Error(`${statement}\nexits with ${code}, not with ${wanted.join(' or ')}:\n${shown}`);
    }
  }
  const missing = lacks.length === 0 ? isMissing('') : null;
  if (missing !== null) throw new Error(`this was not printed:\n${missing}\nbut this was:\n${printed}`);
}

async function runProgram(machine: Machine, block: Block, programs: Programs): Promise<void> {
  const documented = outputOf(block);
  const printed = await machine.run(programs.fileOf(block), { documented });
  const missing = findMissing(documented ?? '', printed, machine);
  if (missing !== null) throw new Error(`this was not printed:\n${missing}\nbut this was:\n${printed}`);
}

/** A file that a page has its reader make: its first line is a comment with the name. */
function saveFile(machine: Machine, { text }: Block): void {
  const [, name] = /^(?:#|\/\/) ([\w.-]+\.\w+)$/m.exec(text.split('\n')[0] ?? '') ?? [];
  if (name !== undefined) writeFileSync(resolve(machine.home, name), `${text}\n`);
}

function compileSchema(name: 'event' | 'record'): ValidateFunction {
  const { stdout } = spawnSync(process.execPath, [MAIN, 'schema', name], { encoding: 'utf8' });
  // Every format comes with the pattern that says the same.
  return new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(stdout) as object);
}

describe('the code blocks of the docs', () => {
  const programs = new Programs(BLOCKS);
  let isEvent: ValidateFunction;
  let isRecord: ValidateFunction;
  let mistakes: string[];
  beforeAll(() => {
    isEvent = compileSchema('event');
    isRecord = compileSchema('record');
    mistakes = programs.compile();
  });
  afterAll(() => {
    programs.remove();
  });

  it('are of languages that are run or checked here', () => {
    expect(BLOCKS.filter(({ language }) => !LANGUAGES.includes(language)).map(nameOf)).toEqual([]);
  });

  it('show each type of event in docs/events.md', () => {
    const shown = BLOCKS.filter(({ page, language }) => page === 'docs/events.md' && language === 'ndjson')
      .flatMap(({ text }) => text.split('\n'))
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect([...new Set(shown)].sort()).toEqual([...EVENT_TYPES, 'session', 'synced'].sort());
  });

  it('have the types that the packages publish', () => {
    expect(mistakes).toEqual([]);
  });

  it.each(UNRUN_BLOCKS)(
    'are left out once, for a reason: $page, $begins',
    ({ page, begins, scripts = [] }) => {
      const blocks = BLOCKS.filter((block) => block.page === page && block.text.startsWith(begins));
      expect(blocks).toHaveLength(1);
      for (const script of scripts) {
        expect(blocks[0]!.text).toContain(`npm run ${script}`);
        expect(Object.keys(PACKAGE.scripts)).toContain(script);
      }
      const packed = [...blocks[0]!.text.matchAll(/([\w-]+)-(\d+\.\d+\.\d+)\.tgz/g)];
      for (const [, name = '', version] of packed) expect(version).toBe(VERSIONS[name]);
    },
  );

  describe.each(PAGES)('%s', (page) => {
    const blocks = BLOCKS.filter((block) => block.page === page && !isUnrun(block));
    let machine: Machine;
    if (blocks.some(({ language }) => RUN.includes(language))) {
      beforeAll(async () => {
        machine = new Machine();
        await machine.begin();
      });
      afterAll(() => machine.stop());
    }

    it('links to files that are there', () => {
      const text = readFileSync(resolve(ROOT, page), 'utf8').replace(/^```[^]*?^```/gm, '');
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
      expect(links.filter((link) => !existsSync(resolve(ROOT, dirname(page), link)))).toEqual([]);
    });

    for (const block of blocks) {
      it(
        `runs ${nameOf(block)}`,
        async () => {
          const at = blocks.indexOf(block);
          switch (block.language) {
            case 'sh':
              return runStatements(machine, block);
            case 'ts':
            case 'js':
              return runProgram(machine, block, programs);
            case 'text':
              // It was compared when the block before it was run.
              expect({ isOutput: at > 0 && outputOf(blocks[at - 1]!) === block.text }).toEqual({
                isOutput: true,
              });
              return;
            case 'ndjson':
              for (const line of block.text.split('\n')) {
                const isValid = isEvent(JSON.parse(line));
                expect({ line, isValid, errors: isEvent.errors }).toEqual({
                  line,
                  isValid: true,
                  errors: null,
                });
              }
              return;
            case 'json':
              isRecord(JSON.parse(block.text));
              expect(isRecord.errors).toBeNull();
              return;
            case 'yaml':
              agentDescriptionSchema.parse(parseYaml(block.text));
              return;
            case 'ini': {
              const [, file] = /^# (examples\/\S+)\n/.exec(block.text) ?? [];
              if (file === undefined) expect(verifyUnit(`${UNIT}\n${block.text}\n`)).toBe('');
              else expect(`${block.text}\n`).toBe(`# ${file}\n${readFileSync(resolve(ROOT, file), 'utf8')}`);
              return;
            }
            case 'python':
              saveFile(machine, block);
              // The shell runs it.
              expect(blocks.slice(at).some(({ text }) => / python3 /.test(text))).toBe(true);
              return;
            default:
              throw new Error(`nothing runs ${nameOf(block)}`);
          }
        },
        BLOCK_LIMIT_MS,
      );
    }
  });
});
