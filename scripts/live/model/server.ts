import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { anthropic } from './anthropic.js';
import { sendJson, type Answer, type Dialect, type ModelRequest } from './dialect.js';
import { gemini } from './gemini.js';
import { chatCompletions, responses } from './openai.js';
import { SCRIPTS, type Op, type Step } from './scripts.js';
import { chooseTool, waitForCommand } from './tools.js';

const DIALECTS: readonly Dialect[] = [anthropic, responses, chatCompletions, gemini];

/** Fewer tools than this has a request that an agent makes on the side: for a title, a topic, a summary. */
const FEWEST_TOOLS = 3;

/** A prompt names its script and itself; a text of the `send` trials names itself alone. */
const MARK = /(?:SCRIPT:(\w+)|\btag):(\w+)/g;

/** What is known of a request to the model. Times in epoch ms; `end` has `how` it ended. */
export interface ModelEntry {
  atMs: number;
  event: 'begin' | 'end';
  id: number;
  isMain: boolean;
  script: string | null;
  nonce: string | null;
  /** How many answers the model had given to this prompt, from 0. */
  step: number;
  attempt: number;
  how?: 'done' | 'cut' | 'client gone' | `error ${number}`;
  /** How many tools the answer called: 0 ends a turn. */
  calls?: number;
}

type About = Pick<ModelEntry, 'script' | 'nonce' | 'step' | 'attempt'>;

/** A scripted model on loopback: one server for four APIs. What it is asked and when is the truth of the scenarios. */
export class ModelServer {
  readonly entries: ModelEntry[] = [];
  /** The user's texts of each main request, by its id: a conversation's whole history each. */
  readonly userTexts = new Map<number, string[]>();
  /** The last message of each main request as it was sent: often what a tool came to. */
  readonly lastMessages = new Map<number, string>();
  readonly #places = new Map<string, string>();
  readonly #attempts = new Map<string, number>();
  readonly #server: Server;
  #requests = 0;
  #items = 0;

  constructor(readonly options: { port: number; logFile: string }) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.requestTimeout = 0;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.options.port, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Says in which directory the session of a prompt works, before it is asked. */
  expect(nonce: string, cwd: string): void {
    this.#places.set(nonce, cwd);
  }

  /** The main requests' entries of a prompt. */
  of(nonce: string, event: ModelEntry['event']): ModelEntry[] {
    return this.entries.filter((entry) => entry.isMain && entry.nonce === nonce && entry.event === event);
  }

  #log(entry: Record<string, unknown>): void {
    appendFileSync(this.options.logFile, `${JSON.stringify({ atMs: Date.now(), ...entry })}\n`);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const dialect = request.method === 'POST' ? DIALECTS.find((one) => one.matches(path)) : undefined;
    if (dialect === undefined) {
      this.#serveRest(request.method ?? 'GET', path, response);
      return;
    }
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const asked = dialect.read(body, path);
    const id = ++this.#requests;
    const isMain = asked.tools.length >= FEWEST_TOOLS;
    const { ops, ...about } = isMain ? this.#plan(asked) : { ...NOBODY, ops: helperOps(asked) };
    const tag = { id, isMain, ...about };
    const begin: ModelEntry = { atMs: Date.now(), event: 'begin', ...tag };
    this.entries.push(begin);
    const users = asked.messages.filter(({ role }) => role === 'user').flatMap(({ texts }) => texts);
    if (isMain) {
      if (this.userTexts.size === 0) this.#log({ event: 'tools', tools: body['tools'] });
      const messages = body['messages'] ?? body['input'] ?? body['contents'];
      this.userTexts.set(id, users);
      this.lastMessages.set(id, JSON.stringify(Array.isArray(messages) ? messages.at(-1) : messages));
    }
    this.#log({ ...begin, path, last: users.at(-1)?.slice(0, 300) });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const how = await this.#play(ops, { dialect, asked, response, tag, gone });
    const calls = ops.filter((op) => CALLS.has(op.do)).length;
    const end: ModelEntry = { atMs: Date.now(), event: 'end', ...tag, how, calls };
    this.entries.push(end);
    this.#log({ ...end });
  }

  /** What agents ask besides: which models there are, how many tokens a text has. */
  #serveRest(method: string, path: string, response: ServerResponse): void {
    this.#log({ event: 'other', method, path });
    if (/count_?tokens$/i.test(path)) {
      sendJson(response, 200, { input_tokens: 100, totalTokens: 100 });
      return;
    }
    if (method === 'GET' && path.includes('/models')) {
      const data = [{ id: 'mock-1', object: 'model', owned_by: 'nobody' }];
      sendJson(response, 200, { object: 'list', data, models: [] });
      return;
    }
    sendJson(response, 404, { error: { code: 404, message: 'not here', status: 'NOT_FOUND' } });
  }

  #plan({ messages, tools }: ModelRequest): About & { ops: (Op | Call)[] } {
    const marks = messages.map(({ role, texts }) =>
      role === 'user' ? [...texts.join('\n').matchAll(MARK)].at(-1) : undefined,
    );
    const at = marks.findLastIndex((mark) => mark !== undefined);
    const mark = marks[at];
    if (mark === undefined) return { ...NOBODY, ops: answerOps() };
    const [, script = null, nonce = ''] = mark;
    const since = messages.slice(at + 1);
    const step = since.filter(({ role }, i) => role === 'model' && since[i - 1]?.role !== 'model').length;
    const key = `${nonce}:${step}`;
    const attempt = this.#attempts.get(key) ?? 0;
    this.#attempts.set(key, attempt + 1);
    const about = { script, nonce, step, attempt };
    const last = messages.at(-1);
    const waiting = last?.role === 'tool' ? waitForCommand(last.texts.join('\n'), tools) : null;
    if (waiting !== null)
      return {
        ...about,
        ops: [
          { do: 'wait', forMs: 200 },
          { do: 'call', ...waiting },
        ],
      };
    const steps: readonly Step[] = (SCRIPTS as Record<string, Step[] | undefined>)[script ?? ''] ?? [];
    // Waiting for a long command takes steps of its own: what follows is the last one.
    const own = steps[step] ?? (step < steps.length + 3 ? steps.at(-1) : undefined);
    if (own === undefined || script === null) return { ...about, ops: answerOps() };
    const ops = Array.isArray(own) ? own : own.attempts[Math.min(attempt, own.attempts.length - 1)];
    return { ...about, ops: ops ?? answerOps() };
  }

  async #play(ops: readonly (Op | Call)[], on: Play): Promise<NonNullable<ModelEntry['how']>> {
    const { dialect, asked, response, tag, gone } = on;
    const answer = dialect.answer(response, asked, `${process.pid}_${tag.id}`);
    try {
      for (const op of ops) {
        if (op.do === 'fail') {
          if (op.retryAfterS !== undefined) response.setHeader('retry-after', String(op.retryAfterS));
          sendJson(response, op.status, dialect.describeError(op.status, op.message));
          return `error ${op.status}`;
        }
        if (op.do === 'cut') {
          response.destroy();
          return 'cut';
        }
        await this.#do(op, answer, on);
      }
      gone.signal.throwIfAborted();
      answer.end();
      return 'done';
    } catch (error) {
      if (gone.signal.aborted) return 'client gone';
      throw error;
    }
  }

  async #do(op: Exclude<Op | Call, { do: 'fail' | 'cut' }>, answer: Answer, on: Play): Promise<void> {
    const { signal } = on.gone;
    signal.throwIfAborted();
    switch (op.do) {
      case 'wait':
        return delay(op.forMs, undefined, { signal });
      case 'hang':
        return delay(2 ** 31 - 1, undefined, { signal });
      case 'think':
      case 'beat':
        for (let leftMs = op.forMs; leftMs > 0; leftMs -= 500) {
          if (op.do === 'think') answer.think('hmm ');
          else answer.beat();
          await delay(Math.min(500, leftMs), undefined, { signal });
        }
        return;
      case 'say':
        for (let left = op.times ?? 1; left > 0; left -= 1) {
          answer.say(op.text.replace('#', String(++this.#items)));
          if (left > 1) await delay(op.everyMs ?? 200, undefined, { signal });
        }
        return;
      case 'call': {
        answer.call(op.name, op.input);
        return;
      }
      default: {
        const nonce = on.tag.nonce ?? 'none';
        const cwd = this.#places.get(nonce) ?? '/nowhere';
        const call = chooseTool(op, on.asked.tools, { nonce, cwd });
        if (call !== null) {
          answer.call(call.name, call.input);
          return;
        }
        this.#log({ event: 'no tool', op: op.do, tools: on.asked.tools.map(({ name }) => name) });
        answer.say(`There is no tool here to ${op.do}. `);
      }
    }
  }
}

interface Play {
  dialect: Dialect;
  asked: ModelRequest;
  response: ServerResponse;
  tag: { id: number; nonce: string | null };
  gone: AbortController;
}

/** A call of a tool by its own name, which no script makes. */
interface Call {
  do: 'call';
  name: string;
  input: Record<string, unknown>;
}

const NOBODY: About = { script: null, nonce: null, step: 0, attempt: 0 };
const CALLS = new Set<string>(['call', 'run', 'edit', 'ask', 'plan']);

const answerOps = (): Op[] => [
  { do: 'wait', forMs: 300 },
  { do: 'say', text: 'That is done. ' },
];

/** An answer that suits most of what agents ask on the side. */
function helperOps({ wantsJson }: ModelRequest): Op[] {
  const fields = { title: 'A title', summary: 'A summary', reasoning: 'none', next_speaker: 'user' };
  const more = {
    isNewTopic: false,
    model_choice: 'flash',
    complexity_reasoning: 'none',
    complexity_score: 1,
  };
  return [{ do: 'say', text: wantsJson ? JSON.stringify({ ...fields, ...more }) : 'A short answer.' }];
}
