// Appends tags to a list in a file, each in a read and a write of its own under the lock of shop/api-3, and says which.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { writeSync } from 'node:fs';

const [source, home, name, count] = process.argv.slice(2);
const { HomeLayout } = await import(`${source}/store/home-layout.js`);
const { withRecordLock } = await import(`${source}/store/record-lock.js`);
const layout = new HomeLayout(home);
const list = `${home}/list`;

async function append(tag) {
  await writeFile(`${list}.${name}`, `${await readFile(list, 'utf8')}${tag}\n`);
  await rename(`${list}.${name}`, list);
}

for (let index = 0; index < Number(count); index += 1) {
  const tag = `${name}-${index}`;
  const isTakenOver = await withRecordLock(
    layout,
    'shop/api-3',
    async (lock) => {
      await append(tag);
      return lock.isTakenOver;
    },
    { timeoutMs: 60_000 },
  );
  writeSync(1, `${isTakenOver ? 'took' : 'got'} ${tag}\n`);
}
