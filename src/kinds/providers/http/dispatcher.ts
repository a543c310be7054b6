import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { Env } from '../../../contract/provider-kind.js';

/**
 * Connections for one provider: as many as may be in flight, kept alive. Proxies are taken from the environment as
 * other tools take them. Time limits are the run's, so the dispatcher has none of its own.
 */
export function createDispatcher(env: Env, concurrency: number): Dispatcher {
  const options = { connections: concurrency, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000 };
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY;
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY;
  if (httpProxy === undefined && httpsProxy === undefined) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
  });
}
