import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../session/error-code.js';
import { messageOf } from '../../session/message-of.js';
import type { AgentOptions } from '../agent-options.js';
import { agentDescriptionSchema, DescribedAgent } from './agent-description.js';
import { BUILT_IN_DESCRIPTIONS } from './built-in-descriptions.js';

/** More than any description has: bytes. */
const MOST_BYTES = 64 * 1024;

const NAME = /^(?<name>[a-z0-9][a-z0-9_-]*)\.ya?ml$/;

/** The agents of a folder of descriptions, by name, and what is wrong with each file that describes none: one line. */
export interface DescribedAgents {
  agents: Record<string, DescribedAgent>;
  problems: { path: string; message: string }[];
}

/** The agents that come with the package and are no more than described. */
export const builtInDescribedAgents = (options: AgentOptions = {}): Record<string, DescribedAgent> =>
  Object.fromEntries(
    Object.entries(BUILT_IN_DESCRIPTIONS).map(([name, description]) => [
      name,
      new DescribedAgent(agentDescriptionSchema.parse(description), options),
    ]),
  );

/** What the agents of a folder are given, and how the text of a file is parsed: it throws for what is no YAML. */
export interface DescribedAgentsOptions extends AgentOptions {
  parseYaml: (text: string) => unknown;
}

/** As `readDescribedAgents`, with the library for YAML, which is loaded only where there is such a file. */
export async function loadDescribedAgents(
  folder: string,
  options: AgentOptions = {},
): Promise<DescribedAgents> {
  const found: DescribedAgents = { agents: {}, problems: [] };
  if (listFiles(folder, found).length === 0) return found;
  const { parse } = await import('yaml');
  return readDescribedAgents(folder, { ...options, parseYaml: (text) => parse(text) as unknown });
}

/** Reads the descriptions in a folder, `NAME.yaml`, at once. A file that describes no agent costs that agent alone. */
export function readDescribedAgents(
  folder: string,
  { parseYaml, ...options }: DescribedAgentsOptions,
): DescribedAgents {
  const found: DescribedAgents = { agents: {}, problems: [] };
  for (const file of listFiles(folder, found)) {
    const path = join(folder, file);
    const name = NAME.exec(file)?.groups?.['name'];
    if (name === undefined) {
      const message = 'its name is not a word of a-z, 0-9, - and _, with .yaml';
      found.problems.push({ path, message });
      continue;
    }
    const read = readDescription(path, parseYaml);
    if (typeof read === 'string') found.problems.push({ path, message: read });
    else found.agents[name] = new DescribedAgent(read, options);
  }
  return found;
}

function listFiles(folder: string, { problems }: DescribedAgents): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .toSorted();
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    // A home that is no folder is the store's to tell.
    if (code !== 'ENOENT' && code !== 'ENOTDIR') problems.push({ path: folder, message: code });
    return [];
  }
}

type Description = ConstructorParameters<typeof DescribedAgent>[0];

/** What a file describes, or what is wrong with it. */
function readDescription(path: string, parseYaml: DescribedAgentsOptions['parseYaml']): Description | string {
  let value: unknown;
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > MOST_BYTES) return `it is longer than ${MOST_BYTES} bytes`;
    value = parseYaml(text);
  } catch (error) {
    // What the library says goes on with an excerpt of the file.
    return messageOf(error).split('\n')[0] ?? 'it is no YAML';
  }
  const { data, error } = agentDescriptionSchema.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  return [issue?.path.join('.') ?? '', issue?.message ?? ''].filter((part) => part !== '').join(': ');
}
