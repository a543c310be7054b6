import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Behaviour,
  FineTuningWorld,
  problem,
  type Reply,
  type Route,
  type StoredFile,
  type StoredJob,
} from './fine-tuning-world.js';

/** A server that speaks the files and fine-tuning API on a free loopback port. */
export interface FineTuningServer {
  baseUrl: string;
  files: StoredFile[];
  jobs: StoredJob[];
  /** Routes that were asked, in order. */
  asked: Route[];
  /** Takes another behaviour, and forgets files, jobs and faults. */
  reset(behaviour?: Behaviour): void;
  /** Resolves once a route has been asked so often. */
  received(route: Route, count?: number): Promise<void>;
  close(): Promise<void>;
}

const routes: [method: string, path: RegExp, route: Route][] = [
  ['POST', /^\/v1\/files$/, 'files.create'],
  ['GET', /^\/v1\/files$/, 'files.list'],
  ['POST', /^\/v1\/fine_tuning\/jobs$/, 'jobs.create'],
  ['GET', /^\/v1\/fine_tuning\/jobs$/, 'jobs.list'],
  ['GET', /^\/v1\/fine_tuning\/jobs\/([^/]+)$/, 'jobs.retrieve'],
  ['GET', /^\/v1\/fine_tuning\/jobs\/([^/]+)\/events$/, 'jobs.events'],
  ['POST', /^\/v1\/fine_tuning\/jobs\/([^/]+)\/cancel$/, 'jobs.cancel'],
];

function send(response: ServerResponse, { status, json }: Reply, headers: { [name: string]: string } = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(json));
}

/** Starts the server. */
export async function startFineTuningServer(behaviour: Behaviour = {}): Promise<FineTuningServer> {
  const world = new FineTuningWorld();
  world.behaviour = behaviour;
  let waiting: { route: Route; count: number; go: () => void }[] = [];
  const count = (route: Route): number => world.asked.filter((one) => one === route).length;

  async function respond(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const found = routes.find(([method, pattern]) => method === request.method && pattern.test(path));
    if (found === undefined) return send(response, problem(404, `no route ${request.method} ${path}`));
    const [, pattern, route] = found;
    world.asked.push(route);
    const { key, faults = {} } = world.behaviour;
    const sent = request.headers.authorization ?? '';
    if (key !== undefined && sent !== `Bearer ${key}`)
      return send(response, problem(401, `Incorrect API key provided: ${sent.slice(7)}`, 'invalid_api_key'));
    const fault = faults[route]?.shift();
    if (fault === 'drop') {
      response.socket?.destroy();
      return;
    }
    if (typeof fault === 'object')
      return send(
        response,
        problem(fault.status, fault.message ?? `status ${fault.status}`, fault.code),
        fault.headers,
      );
    const reply = await world.act(route, pattern.exec(path)?.[1] ?? '', request, body);
    if (fault === 'lose') response.socket?.destroy();
    else if (fault !== 'hang') send(response, reply);
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => {});
    request.on('end', () => {
      void respond(request, Buffer.concat(parts), response).then(() => {
        const isDue = (one: (typeof waiting)[number]): boolean => count(one.route) >= one.count;
        for (const one of waiting.filter(isDue)) one.go();
        waiting = waiting.filter((one) => !isDue(one));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get files() {
      return world.files;
    },
    get jobs() {
      return world.jobs;
    },
    get asked() {
      return world.asked;
    },
    reset(next = {}) {
      Object.assign(world, { files: [], jobs: [], asked: [], behaviour: next });
    },
    received: (route, times = 1) =>
      new Promise((go) => {
        if (count(route) >= times) go();
        else waiting.push({ route, count: times, go });
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
