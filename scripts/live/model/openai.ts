import {
  openEventStream,
  sendJson,
  textsOf,
  type Dialect,
  type Message,
  type OfferedTool,
} from './dialect.js';

interface Tool {
  name?: string;
  parameters?: { properties?: OfferedTool['parameters'] };
  function?: { name: string; parameters?: { properties?: OfferedTool['parameters'] } };
}

interface Item {
  role?: string;
  type?: string;
  content?: unknown;
  output?: unknown;
}

interface Body {
  model?: string;
  stream?: boolean;
  instructions?: string;
  input?: string | Item[];
  messages?: Item[];
  tools?: Tool[];
  response_format?: unknown;
  text?: { format?: { type?: string } };
}

function readItem({ role, type, content, output }: Item): Message {
  if (role === 'assistant' || type === 'function_call' || type === 'reasoning' || type === 'custom_tool_call')
    return { role: 'model', texts: textsOf(content) };
  if (role === 'tool' || type?.endsWith('_call_output') === true)
    return { role: 'tool', texts: textsOf(content ?? output) };
  return { role: role === 'system' || role === 'developer' ? 'system' : 'user', texts: textsOf(content) };
}

function readBody(body: Body, items: readonly Item[], wantsJson: boolean): ReturnType<Dialect['read']> {
  return {
    messages: [{ role: 'system', texts: textsOf(body.instructions) }, ...items.map(readItem)],
    tools: (body.tools ?? []).flatMap((tool) => {
      const { name, parameters } = tool.function ?? tool;
      return name === undefined ? [] : [{ name, parameters: parameters?.properties ?? {} }];
    }),
    isStream: body.stream === true,
    model: body.model ?? 'model',
    wantsJson,
  };
}

const describeError: Dialect['describeError'] = (status, message) => ({
  error: { message, type: status === 400 ? 'invalid_request_error' : 'server_error', code: null },
});

/** OpenAI's Chat Completions (platform.openai.com/docs/api-reference/chat), streamed or whole. */
export const chatCompletions: Dialect = {
  matches: (path) => path.endsWith('/chat/completions'),

  read: (raw) => {
    const body = raw as Body;
    return readBody(body, body.messages ?? [], body.response_format !== undefined);
  },

  answer: (response, request, id) => {
    const base = { id: `chatcmpl-${id}`, created: Math.floor(Date.now() / 1000), model: request.model };
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
    const calls: Record<string, unknown>[] = [];
    let said = '';
    let emit: ReturnType<typeof openEventStream> | null = null;
    const put = (delta: unknown, finish: string | null = null): void =>
      emit?.({
        ...base,
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, finish_reason: finish }],
      });
    const begin = (): void => {
      if (emit !== null || !request.isStream) return;
      emit = openEventStream(response);
      put({ role: 'assistant', content: '' });
    };
    const write = (delta: unknown): void => {
      begin();
      put(delta);
    };
    return {
      begin,
      beat: () => write({}),
      think: (text) => write({ reasoning_content: text }),
      say: (text) => {
        said += text;
        write({ content: text });
      },
      call: (name, input) => {
        const call = {
          id: `call_${id}_${calls.length}`,
          type: 'function',
          function: { name, arguments: JSON.stringify(input) },
        };
        write({ tool_calls: [{ index: calls.length, ...call }] });
        calls.push(call);
      },
      end: () => {
        begin();
        const finish = calls.length > 0 ? 'tool_calls' : 'stop';
        if (emit === null) {
          const message = {
            role: 'assistant',
            content: said,
            ...(calls.length > 0 && { tool_calls: calls }),
          };
          const choices = [{ index: 0, message, finish_reason: finish }];
          sendJson(response, 200, { ...base, object: 'chat.completion', choices, usage });
          return;
        }
        put({}, finish);
        emit({ ...base, object: 'chat.completion.chunk', choices: [], usage });
        emit('[DONE]');
        response.end();
      },
    };
  },
  describeError,
};

/** OpenAI's Responses (platform.openai.com/docs/api-reference/responses), as much of it as agents read. */
export const responses: Dialect = {
  matches: (path) => path.endsWith('/responses'),

  read: (raw) => {
    const body = raw as Body;
    const input = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input;
    return readBody(body, input ?? [], body.text?.format?.type?.startsWith('json') === true);
  },

  answer: (response, request, id) => {
    const output: Record<string, unknown>[] = [];
    let message: { id: string; text: string } | null = null;
    let reasoning: { id: string; text: string } | null = null;
    let emit: ReturnType<typeof openEventStream> | null = null;
    let sequence = 0;
    const put = (type: string, value: Record<string, unknown>): void =>
      emit?.({ type, sequence_number: sequence++, output_index: output.length, ...value }, type);
    const usage = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 120,
    };
    const whole = (status: string): Record<string, unknown> => ({
      id: `resp_${id}`,
      object: 'response',
      created_at: Math.floor(Date.now() / 1000),
      status,
      model: request.model,
      output,
      ...(status === 'completed' && { usage }),
    });
    const begin = (): void => {
      if (emit !== null || !request.isStream) return;
      emit = openEventStream(response);
      put('response.created', { response: whole('in_progress') });
    };
    const finish = (item: Record<string, unknown>): void => {
      put('response.output_item.done', { item });
      output.push(item);
    };
    const close = (): void => {
      if (reasoning !== null) {
        const summary = [{ type: 'summary_text', text: reasoning.text }];
        finish({ type: 'reasoning', id: reasoning.id, summary, encrypted_content: 'x' });
        reasoning = null;
      }
      if (message === null) return;
      const { id: itemId, text } = message;
      const content = [{ type: 'output_text', text, annotations: [] }];
      put('response.output_text.done', { item_id: itemId, content_index: 0, text });
      put('response.content_part.done', { item_id: itemId, content_index: 0, part: content[0] });
      finish({ type: 'message', id: itemId, role: 'assistant', status: 'completed', content });
      message = null;
    };
    return {
      begin,
      beat: () => {
        begin();
        put('response.in_progress', { response: whole('in_progress') });
      },
      think: (delta) => {
        begin();
        if (reasoning === null) {
          close();
          reasoning = { id: `rs_${id}_${output.length}`, text: '' };
          put('response.output_item.added', { item: { type: 'reasoning', id: reasoning.id, summary: [] } });
          const part = { type: 'summary_text', text: '' };
          put('response.reasoning_summary_part.added', { item_id: reasoning.id, summary_index: 0, part });
        }
        reasoning.text += delta;
        put('response.reasoning_summary_text.delta', { item_id: reasoning.id, summary_index: 0, delta });
      },
      say: (delta) => {
        begin();
        if (message === null) {
          close();
          message = { id: `msg_${id}_${output.length}`, text: '' };
          const item = {
            type: 'message',
            id: message.id,
            role: 'assistant',
            status: 'in_progress',
            content: [],
          };
          put('response.output_item.added', { item });
          const part = { type: 'output_text', text: '', annotations: [] };
          put('response.content_part.added', { item_id: message.id, content_index: 0, part });
        }
        message.text += delta;
        put('response.output_text.delta', { item_id: message.id, content_index: 0, delta });
      },
      call: (name, input) => {
        begin();
        close();
        const about = { type: 'function_call', id: `fc_${id}_${output.length}`, name };
        const item = {
          ...about,
          call_id: `call_${id}_${output.length}`,
          arguments: JSON.stringify(input),
          status: 'completed',
        };
        put('response.output_item.added', { item: { ...item, arguments: '', status: 'in_progress' } });
        const args = { item_id: item.id, delta: item.arguments, arguments: item.arguments };
        put('response.function_call_arguments.delta', args);
        put('response.function_call_arguments.done', args);
        finish(item);
      },
      end: () => {
        begin();
        close();
        if (emit === null) {
          sendJson(response, 200, whole('completed'));
          return;
        }
        put('response.completed', { response: whole('completed') });
        response.end();
      },
    };
  },
  describeError,
};
