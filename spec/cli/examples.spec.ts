import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { Vitals } from './vitals.js';

const EXAMPLES = resolve(__dirname, '../../examples');
const ASKS = 'printf "go on? \\a"; read -r answer; printf "%s\\n" "$answer"; exec sleep 1000';

describe('the examples', () => {
  let vitals: Vitals;
  beforeEach(async () => {
    vitals = new Vitals();
    await vitals.tmux.begin();
  });
  afterEach(() => vitals.stop());

  /** Runs `on` with an example, as its head says; resolves once it watches. */
  async function start(types: string, example: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
    const child = vitals.start(
      ['on', types, '--interval', '100ms', '--concurrency', '1', '--', `${EXAMPLES}/${example}`],
      { env },
    );
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += String(data)));
    await waitFor('the first pass', () => stderr.includes('watching'));
    return child;
  }

  async function askAndEnd(): Promise<void> {
    await vitals.spawn('asker', ASKS, { projectId: 'shop' });
    await waitFor(
      'its question',
      async () => (await vitals.sessions.get('shop/asker'))!.status === 'needs_input',
    );
    await vitals.do('kill', 'asker');
  }

  it('are all tried here', () => {
    const scripts = readdirSync(EXAMPLES).filter((name) => name.endsWith('.sh'));
    expect(scripts.sort()).toEqual(['desktop-notice.sh', 'log-waits.sh', 'post-to-chat.sh']);
  });

  it('desktop-notice.sh shows a notice when a session asks, and when it has ended', async () => {
    const file = vitals.tmux.directory.fresh('notices');
    const bin = vitals.tmux.directory.fresh('bin');
    mkdirSync(bin);
    // Nobody is at a desktop where tests run: this notes what it is given, as notify-send would get it.
    writeFileSync(`${bin}/notify-send`, `#!/bin/sh\nprintf '%s|' "$@" >>'${file}'\necho >>'${file}'\n`);
    chmodSync(`${bin}/notify-send`, 0o755);
    const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
    await start('status_changed,terminated', 'desktop-notice.sh', { PATH });
    await askAndEnd();
    const notices = await waitFor('two notices', () => {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
      return lines.length === 2 && lines;
    });
    expect(notices[0]).toMatch(/^--app-name=vitals\|--\|shop\/asker wants input\|it rang the bell.*\|$/);
    expect(notices[1]).toMatch(/^--app-name=vitals\|--\|shop\/asker has ended\|.*\|$/);
  });

  it('post-to-chat.sh posts a message that is JSON', async () => {
    const bodies: string[] = [];
    const server: Server = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(`${request.method ?? ''} ${request.headers['content-type'] ?? ''} ${body}`);
        response.end('ok');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const url = `http://127.0.0.1:${port}/hook`;
      await start('status_changed,terminated', 'post-to-chat.sh', {
        CHAT_WEBHOOK_URL: url,
        no_proxy: '127.0.0.1',
      });
      await askAndEnd();
      await waitFor('two messages', () => bodies.length === 2);
    } finally {
      server.close();
    }
    expect(bodies).toEqual([
      'POST application/json {"text":"shop/asker wants input"}',
      'POST application/json {"text":"shop/asker has ended: exit code unknown"}',
    ]);
  });

  it('log-waits.sh writes down when a session waits, and when it goes on', async () => {
    const file = vitals.tmux.directory.fresh('waits.tsv');
    await start('status_changed', 'log-waits.sh', { WAIT_LOG: file });
    await askAndEnd();
    const lines = await waitFor('two lines', () => {
      const rows = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
      return rows.length === 2 && rows;
    });
    expect(lines.map((line) => line.split('\t').slice(1))).toEqual([
      ['shop/asker', 'waits', 'needs_input'],
      ['shop/asker', 'goes-on', 'killed'],
    ]);
    expect(Date.parse(lines[0]!.split('\t')[0]!)).not.toBeNaN();
  });

  it.each([
    ['post-to-chat.sh', 'CHAT_WEBHOOK_URL'],
    ['log-waits.sh', 'WAIT_LOG'],
  ])('%s says what it lacks', async (example, variable) => {
    const child = spawn(`${EXAMPLES}/${example}`, {
      env: { ...process.env, [variable]: undefined },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [stderr, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(variable);
  });
});
