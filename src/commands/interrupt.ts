/** Ctrl-C: the first drains what is in flight, the second stops at once. */
export interface Interrupt {
  readonly draining: boolean;
  /** Fires on the second one. */
  readonly stop: AbortSignal;
  /** Hands the signals back. */
  release(): void;
}

/** @param notify called with a line for the user */
export function onInterrupt(notify: (line: string) => void): Interrupt {
  const controller = new AbortController();
  let draining = false;
  const handle = (): void => {
    if (draining) {
      controller.abort();
      notify('stopping at once; run the same command to resume');
      return;
    }
    draining = true;
    notify('interrupted: waiting for what is in flight (Ctrl-C again to stop at once)');
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    get draining() {
      return draining;
    },
    stop: controller.signal,
    release() {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
