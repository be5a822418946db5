// Waits for a line on stdin, then says what it makes of a process; `exhausted`, `crowded`: with no descriptor, or no process, left.
import { spawnSync } from 'node:child_process';
import { openSync, readSync, writeSync } from 'node:fs';

const [source, known, circumstance] = process.argv.slice(2);
const { checkProcess } = await import(`${source}/process/check-process.js`);
const { thisMachine } = await import(`${source}/process/this-machine.js`);
thisMachine();
writeSync(1, 'ready\n');
readSync(0, Buffer.alloc(8));
let obstacle = null;
try {
  if (circumstance === 'exhausted') for (;;) openSync('/dev/null');
} catch (error) {
  obstacle = error.code;
}
if (circumstance === 'crowded') {
  spawnSync('prlimit', ['--pid', String(process.pid), '--nproc=1']);
  obstacle = spawnSync('true').error?.code ?? null;
}
writeSync(1, JSON.stringify({ obstacle, verdict: checkProcess(JSON.parse(known)) }));
