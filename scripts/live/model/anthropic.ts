import { openEventStream, sendJson, textsOf, type Dialect, type Message } from './dialect.js';

interface Body {
  model?: string;
  stream?: boolean;
  system?: unknown;
  messages?: { role: string; content: unknown }[];
  tools?: { name: string; input_schema?: { properties?: Record<string, { type?: string }> } }[];
}

type Block =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'tool_use'; id: string; name: string; input: Record<string, unknown> };

const USAGE = {
  input_tokens: 1000,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 20,
};

const hasToolResult = (content: unknown): boolean =>
  Array.isArray(content) && (content as { type?: string }[]).some(({ type }) => type === 'tool_result');

/** The Anthropic Messages API (platform.claude.com/docs/en/api/messages), streamed or whole. */
export const anthropic: Dialect = {
  matches: (path) => path.endsWith('/v1/messages'),

  read: (raw) => {
    const body = raw as Body;
    const messages = (body.messages ?? []).map(({ role, content }): Message => {
      const texts = textsOf(content);
      if (role === 'assistant') return { role: 'model', texts };
      return { role: hasToolResult(content) && texts.length === 0 ? 'tool' : 'user', texts };
    });
    return {
      messages: [{ role: 'system', texts: textsOf(body.system) }, ...messages],
      tools: (body.tools ?? []).map(({ name, input_schema: schema }) => ({
        name,
        parameters: schema?.properties ?? {},
      })),
      isStream: body.stream === true,
      model: body.model ?? 'model',
      wantsJson: (body.tools ?? []).length === 0,
    };
  },

  answer: (response, request, id) => {
    const blocks: Block[] = [];
    let open: Block | null = null;
    let emit: ReturnType<typeof openEventStream> | null = null;
    const head = { id: `msg_${id}`, type: 'message', role: 'assistant', model: request.model };
    const put = (type: string, value: Record<string, unknown>): void => emit?.({ type, ...value }, type);
    const at = (): number => blocks.length - 1;
    const begin = (): void => {
      if (emit !== null || !request.isStream) return;
      emit = openEventStream(response);
      const message = { ...head, content: [], stop_reason: null, stop_sequence: null, usage: USAGE };
      put('message_start', { message });
    };
    const close = (): void => {
      if (open === null) return;
      if (open.type === 'thinking')
        put('content_block_delta', { index: at(), delta: { type: 'signature_delta', signature: 'c2ln' } });
      put('content_block_stop', { index: at() });
      open = null;
    };
    const start = <Kind extends Block>(block: Kind, shown: Record<string, unknown>): Kind => {
      begin();
      close();
      blocks.push(block);
      open = block;
      put('content_block_start', { index: at(), content_block: { ...block, ...shown } });
      return block;
    };
    return {
      begin,
      beat: () => {
        begin();
        put('ping', {});
      },
      think: (thinking) => {
        const block =
          open?.type === 'thinking'
            ? open
            : start({ type: 'thinking', thinking: '', signature: 'c2ln' }, { signature: '' });
        block.thinking += thinking;
        put('content_block_delta', { index: at(), delta: { type: 'thinking_delta', thinking } });
      },
      say: (text) => {
        const block = open?.type === 'text' ? open : start({ type: 'text', text: '' }, {});
        block.text += text;
        put('content_block_delta', { index: at(), delta: { type: 'text_delta', text } });
      },
      call: (name, input) => {
        start({ type: 'tool_use', id: `toolu_${id}_${blocks.length}`, name, input }, { input: {} });
        const delta = { type: 'input_json_delta', partial_json: JSON.stringify(input) };
        put('content_block_delta', { index: at(), delta });
        close();
      },
      end: () => {
        begin();
        close();
        const hasCalls = blocks.some(({ type }) => type === 'tool_use');
        const stop = { stop_reason: hasCalls ? 'tool_use' : 'end_turn', stop_sequence: null };
        if (!request.isStream) {
          sendJson(response, 200, { ...head, content: blocks, ...stop, usage: USAGE });
          return;
        }
        put('message_delta', { delta: stop, usage: USAGE });
        put('message_stop', {});
        response.end();
      },
    };
  },

  describeError: (status, message) => {
    const types: Record<number, string> = {
      400: 'invalid_request_error',
      401: 'authentication_error',
      429: 'rate_limit_error',
      529: 'overloaded_error',
    };
    return { type: 'error', error: { type: types[status] ?? 'api_error', message } };
  },
};
