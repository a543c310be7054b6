/** Ctrl-C: the first drains what is in flight, the second stops at once. */
export interface Interrupt {
  /** Fires on the first one. */
  readonly drain: AbortSignal;
  /** Fires on the second one. */
  readonly stop: AbortSignal;
  /** Hands the signals back. */
  release(): void;
}

/** @param notify called with a line for the user */
export function onInterrupt(notify: (line: string) => void): Interrupt {
  const drain = new AbortController();
  const stop = new AbortController();
  const handle = (): void => {
    if (drain.signal.aborted) {
      stop.abort();
      notify('stopping at once; run the same command to resume');
      return;
    }
    drain.abort();
    notify('interrupted: waiting for what is in flight (Ctrl-C again to stop at once)');
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    drain: drain.signal,
    stop: stop.signal,
    release() {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
