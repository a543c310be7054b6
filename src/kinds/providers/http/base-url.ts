import type { Env } from '../../../contract/provider-kind.js';

/** Keys of a provider document that say where its API is. */
export interface BaseUrlOptions {
  baseUrl?: string;
  baseUrlEnv?: string;
}

/** Where the API is: the environment variable, else the YAML, else the vendor's own address; without a slash at the end. */
export function baseUrlOf({ baseUrl, baseUrlEnv }: BaseUrlOptions, env: Env, vendor: string): string {
  const fromEnv = baseUrlEnv === undefined ? undefined : env[baseUrlEnv];
  return (fromEnv || baseUrl || vendor).replace(/\/+$/, '');
}

/** User name and password in a URL are secrets, and they identify no model. */
export const withoutCredentials = (url: string): string => url.replace(/^(https?:\/\/)[^/@]*@/, '$1');
