import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelServer } from '../../../scripts/live/model/server.js';

const PORT = 18_899;
const URL_BASE = `http://127.0.0.1:${PORT}`;

const tool = (name: string): Record<string, unknown> => ({
  name,
  properties: { command: { type: 'string' }, path: { type: 'string' } },
});

/** One prompt in the words of each API: with what it offers, and how the tool and the text are found in the answer. */
const APIS = {
  'Anthropic Messages': {
    path: '/v1/messages?beta=true',
    body: (text: string) => ({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: [{ type: 'text', text }] }],
      tools: ['bash', 'read', 'edit'].map((name) => ({ name, input_schema: tool(name) })),
    }),
    says: '"type":"text_delta","text":"I run it now. "',
    calls: '"type":"tool_use"',
    ends: '"stop_reason":"tool_use"',
  },
  'OpenAI Responses': {
    path: '/v1/responses',
    body: (text: string) => ({
      model: 'm',
      stream: true,
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
      tools: ['bash', 'read', 'edit'].map((name) => ({ type: 'function', name, parameters: tool(name) })),
    }),
    says: '"delta":"I run it now. "',
    calls: '"type":"function_call"',
    ends: '"type":"response.completed"',
  },
  'OpenAI Chat Completions': {
    path: '/v1/chat/completions',
    body: (text: string) => ({
      model: 'm',
      stream: true,
      messages: [
        { role: 'system', content: 'be good' },
        { role: 'user', content: text },
      ],
      tools: ['bash', 'read', 'edit'].map((name) => ({
        type: 'function',
        function: { name, parameters: tool(name) },
      })),
    }),
    says: '"content":"I run it now. "',
    calls: '"tool_calls":[{"index":0',
    ends: '"finish_reason":"tool_calls"',
  },
  Gemini: {
    path: '/v1beta/models/gemini-pro:streamGenerateContent?alt=sse',
    body: (text: string) => ({
      contents: [{ role: 'user', parts: [{ text }] }],
      tools: [
        {
          functionDeclarations: ['bash', 'read', 'edit'].map((name) => ({
            name,
            parametersJsonSchema: tool(name),
          })),
        },
      ],
    }),
    says: '"text":"I run it now. "',
    calls: '"functionCall"',
    ends: '"finishReason":"STOP"',
  },
};

describe('the scripted model', () => {
  let folder: string;
  let model: ModelServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-'));
    model = new ModelServer({ port: PORT, logFile: join(folder, 'model.ndjson') });
    await model.listen();
  });

  afterAll(async () => {
    model.close();
    await rm(folder, { recursive: true });
  });

  const post = async (path: string, body: unknown): Promise<{ status: number; text: string }> => {
    const response = await fetch(URL_BASE + path, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, text: await response.text() };
  };

  describe.each(Object.entries(APIS))('in the words of %s', (name, { path, body, says, calls, ends }) => {
    const nonce = name.replaceAll(/\W/g, '');

    it('plays the script that a prompt names, and writes down when', async () => {
      const { status, text } = await post(path, body(`please do SCRIPT:command:${nonce} now`));
      expect(status).toBe(200);
      for (const part of [says, calls, ends]) expect(text).toContain(part);
      expect(text).toContain(`./auto 8 ${nonce}`);
      const [begin] = model.of(nonce, 'begin');
      const [end] = model.of(nonce, 'end');
      expect(begin).toMatchObject({ script: 'command', step: 0, attempt: 0 });
      expect(end).toMatchObject({ how: 'done', calls: 1 });
      expect(end!.atMs - begin!.atMs).toBeGreaterThanOrEqual(450);
    });

    it('fails as often as a script wants, then answers', async () => {
      const asked = body(`please do SCRIPT:retried:${nonce}r now`);
      const statuses = [await post(path, asked), await post(path, asked), await post(path, asked)];
      expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
      expect(model.of(`${nonce}r`, 'end').map(({ how }) => how)).toEqual(['error 503', 'error 503', 'done']);
    });

    it('keeps what the person wrote, word for word', async () => {
      const text = `first tag:${nonce}t\n\tsecond 🙂`;
      await post(path, body(text));
      const [begin] = model.of(`${nonce}t`, 'begin');
      expect(model.userTexts.get(begin!.id)).toEqual([text]);
    });
  });

  it('knows a prompt by the turns since, and that a client has gone', async () => {
    const { path } = APIS['OpenAI Chat Completions'];
    const body = APIS['OpenAI Chat Completions'].body('please do SCRIPT:command:later now');
    const turns = [
      { role: 'assistant', content: 'I run it now.', tool_calls: [] },
      { role: 'tool', content: 'finished' },
    ];
    const { text } = await post(path, { ...body, messages: [...body.messages, ...turns] });
    expect(text).toContain('All of it is done.');
    expect(model.of('later', 'begin')).toMatchObject([{ step: 1 }]);
    const hanging = APIS['OpenAI Chat Completions'].body('please do SCRIPT:hang:gone now');
    const signal = AbortSignal.timeout(300);
    await expect(
      fetch(URL_BASE + path, { method: 'POST', body: JSON.stringify(hanging), signal }),
    ).rejects.toThrow();
    while (model.of('gone', 'end').length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(model.of('gone', 'end')).toMatchObject([{ how: 'client gone' }]);
  });
});
