import { openEventStream, sendJson, textsOf, type Dialect, type Message } from './dialect.js';

interface Body {
  contents?: { role?: string; parts?: { functionResponse?: unknown }[] }[];
  systemInstruction?: { parts?: unknown };
  generationConfig?: { responseMimeType?: string };
  tools?: {
    functionDeclarations?: {
      name: string;
      parameters?: { properties?: Record<string, { type?: string }> };
      parametersJsonSchema?: { properties?: Record<string, { type?: string }> };
    }[];
  }[];
}

const USAGE = { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 };
const STATUSES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
};

/** The Gemini API (ai.google.dev/api/generate-content): generateContent and streamGenerateContent. */
export const gemini: Dialect = {
  matches: (path) => /:(stream)?generateContent$/i.test(path),

  read: (raw, path) => {
    const body = raw as Body;
    const messages = (body.contents ?? []).map(({ role, parts }): Message => {
      if (role === 'model') return { role: 'model', texts: textsOf(parts) };
      const isTool = (parts ?? []).some(({ functionResponse }) => functionResponse !== undefined);
      return { role: isTool ? 'tool' : 'user', texts: textsOf(parts) };
    });
    return {
      messages: [{ role: 'system', texts: textsOf(body.systemInstruction?.parts) }, ...messages],
      tools: (body.tools ?? [])
        .flatMap(({ functionDeclarations }) => functionDeclarations ?? [])
        .map(({ name, parameters, parametersJsonSchema }) => ({
          name,
          parameters: (parameters ?? parametersJsonSchema)?.properties ?? {},
        })),
      isStream: /:stream/i.test(path),
      model: /models\/([^:]+):/.exec(path)?.[1] ?? 'model',
      wantsJson: body.generationConfig?.responseMimeType === 'application/json',
    };
  },

  answer: (response, request, id) => {
    const parts: Record<string, unknown>[] = [];
    let emit: ReturnType<typeof openEventStream> | null = null;
    const whole = (some: unknown[], isLast: boolean): unknown => ({
      candidates: [
        { content: { role: 'model', parts: some }, index: 0, ...(isLast && { finishReason: 'STOP' }) },
      ],
      usageMetadata: USAGE,
      modelVersion: request.model,
      responseId: id,
    });
    const begin = (): void => {
      if (request.isStream) emit ??= openEventStream(response);
    };
    const put = (part: Record<string, unknown>): void => {
      begin();
      parts.push(part);
      emit?.(whole([part], false));
    };
    return {
      begin,
      beat: begin,
      think: (text) => put({ text, thought: true }),
      say: (text) => put({ text }),
      call: (name, args) => put({ functionCall: { id: `${id}_${parts.length}`, name, args } }),
      end: () => {
        begin();
        if (emit === null) {
          sendJson(response, 200, whole(parts, true));
          return;
        }
        emit(whole([{ text: '' }], true));
        response.end();
      },
    };
  },

  describeError: (status, message) => ({
    error: { code: status, message, status: STATUSES[status] ?? 'UNAVAILABLE' },
  }),
};
