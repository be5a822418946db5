import type { ServerResponse } from 'node:http';

/** One message of a conversation, in terms that the four APIs share. */
export interface Message {
  role: 'system' | 'user' | 'model' | 'tool';
  /** Its text parts, in order, as the agent sent them. */
  texts: string[];
}

/** A tool that the agent offers to the model; `parameters` are the properties of its JSON Schema. */
export interface OfferedTool {
  name: string;
  parameters: Record<string, { type?: string } | undefined>;
}

/** A request to the model, in terms that the four APIs share. */
export interface ModelRequest {
  messages: Message[];
  tools: OfferedTool[];
  isStream: boolean;
  model: string;
  /** Whether the answer has to be JSON: helpers that pick a title or a next speaker ask for it. */
  wantsJson: boolean;
}

/** Writes one answer in the form of an API; nothing is written before the first call. */
export interface Answer {
  begin(): void;
  /** Something that keeps the connection busy and shows nothing. */
  beat(): void;
  think(text: string): void;
  say(text: string): void;
  call(tool: string, input: Record<string, unknown>): void;
  end(): void;
}

export interface Dialect {
  /** Whether this POST is one that the model answers. */
  matches(path: string): boolean;
  read(body: unknown, path: string): ModelRequest;
  answer(response: ServerResponse, request: ModelRequest, id: string): Answer;
  /** The body of an error, as this API words it. */
  describeError(status: number, message: string): unknown;
}

/** The texts of a message's content, which is a string or a list of parts. */
export function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return (content as { text?: unknown }[]).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
}

/** Starts a stream of server-sent events; resolves to nothing, and writes each event at once. */
export function openEventStream(response: ServerResponse): (data: unknown, event?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  return (data, event) => {
    const name = event === undefined ? '' : `event: ${event}\n`;
    response.write(`${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
