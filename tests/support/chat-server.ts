import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as the server saw it. */
export interface SeenRequest {
  url: string;
  headers: IncomingMessage['headers'];
  body: { model?: string; messages?: { role: string; content: string }[]; [key: string]: unknown };
  raw: string;
  /** 1 for the first time that this very body came. */
  attempt: number;
}

/** What the server does with a request. */
export type Answer =
  | {
      text: string;
      finish?: string;
      usage?: { prompt_tokens: number; completion_tokens: number } | null;
      refusal?: string;
      /** `logprobs.content` of the choice. */
      logprobs?: unknown[];
      delayMs?: number;
      /** Held back until this resolves. */
      after?: Promise<unknown>;
    }
  | { status: number; json?: unknown; headers?: { [name: string]: string }; delayMs?: number }
  | { fault: 'drop' | 'hang' | 'truncate' | 'malformed' };

/** A chat-completions server on a free loopback port that remembers everything it was asked. */
export interface ChatServer {
  baseUrl: string;
  requests: SeenRequest[];
  /** Bodies that were answered with a completion, with how often. */
  answered: Map<string, number>;
  /** Resolves once so many requests have come, counted from the start. */
  received(count: number): Promise<void>;
  /** Resolves once nothing has come for a moment: what a killed client had sent is counted by then. */
  quiet(): Promise<void>;
  /** Forgets what it was asked. */
  forget(): void;
  close(): Promise<void>;
}

const quietMs = 60;

const completion = (
  answer: { text: string; finish?: string; usage?: unknown; refusal?: string; logprobs?: unknown[] },
  model: unknown,
): object => ({
  id: 'chatcmpl-test',
  object: 'chat.completion',
  created: 0,
  model,
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: answer.text,
        ...(answer.refusal !== undefined && { refusal: answer.refusal }),
      },
      ...(answer.logprobs !== undefined && { logprobs: { content: answer.logprobs, refusal: null } }),
      finish_reason: answer.finish ?? 'stop',
    },
  ],
  usage: answer.usage === undefined ? { prompt_tokens: 10, completion_tokens: 5 } : answer.usage,
});

function send(response: ServerResponse, status: number, json: unknown, headers: { [name: string]: string } = {}): void {
  const body = typeof json === 'string' ? json : JSON.stringify(json);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** What the server says by default: the last user message again. */
export const echoOf = ({ body }: Pick<SeenRequest, 'body'>): string =>
  `ECHO: ${body.messages?.findLast((message) => message.role === 'user')?.content ?? ''}`;

/** @param answer decides on each request; the default echoes the last user message */
export async function startChatServer(
  answer: (request: SeenRequest) => Answer = (request) => ({ text: echoOf(request) }),
): Promise<ChatServer> {
  const requests: SeenRequest[] = [];
  const answered = new Map<string, number>();
  const attempts = new Map<string, number>();
  let waiting: { count: number; go: () => void }[] = [];
  const respond = (request: SeenRequest, response: ServerResponse): void => {
    const decided = answer(request);
    if ('fault' in decided) {
      if (decided.fault === 'drop') response.socket?.destroy();
      else if (decided.fault === 'malformed') send(response, 200, '{"choices":[{"message":{"content":"oo');
      else if (decided.fault === 'truncate') {
        const body = JSON.stringify(completion({ text: 'cut off' }, request.body.model));
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
        response.write(body.slice(0, body.length >> 1), () => setTimeout(() => response.socket?.destroy(), 5));
      }
      return;
    }
    const go = (): void => {
      if ('status' in decided) {
        send(
          response,
          decided.status,
          decided.json ?? { error: { message: `status ${decided.status}`, type: 'test', code: null } },
          decided.headers,
        );
        return;
      }
      answered.set(request.raw, (answered.get(request.raw) ?? 0) + 1);
      send(response, 200, completion(decided, request.body.model));
    };
    if ('after' in decided) void decided.after?.then(go);
    else if (decided.delayMs !== undefined) setTimeout(go, decided.delayMs);
    else go();
  };
  const server: Server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('error', () => {});
    incoming.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      const attempt = (attempts.get(raw) ?? 0) + 1;
      attempts.set(raw, attempt);
      const request: SeenRequest = {
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: raw === '' ? {} : (JSON.parse(raw) as SeenRequest['body']),
        raw,
        attempt,
      };
      requests.push(request);
      for (const { count, go } of waiting) if (requests.length >= count) go();
      waiting = waiting.filter(({ count }) => requests.length < count);
      respond(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answered,
    received: (count) =>
      new Promise((go) => {
        if (requests.length >= count) go();
        else waiting.push({ count, go });
      }),
    forget() {
      requests.length = 0;
      answered.clear();
      attempts.clear();
    },
    async quiet() {
      for (let before = -1; before !== requests.length; await sleep(quietMs)) before = requests.length;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
