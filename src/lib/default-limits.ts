/** Most requests in flight where neither the provider nor the config says. */
export const defaultConcurrency = 32;
/** Time for one attempt, ms. */
export const defaultTimeoutMs = 120_000;
/** Attempts after the first. */
export const defaultRetries = 7;
