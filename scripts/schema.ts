import { mkdir, writeFile } from 'node:fs/promises';
import { jsonSchema, SCHEMA_NAMES } from '../index.js';

// Part of the build: the schemas that are shipped are made of what the types are made of.
const directory = new URL('../schema/', import.meta.url);
await mkdir(directory, { recursive: true });
for (const name of SCHEMA_NAMES) {
  await writeFile(new URL(`${name}.json`, directory), `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
}
