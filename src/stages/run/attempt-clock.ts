/**
 * Deadlines of many attempts on one timer: a timer and an `AbortSignal.timeout` of its own for each of hundreds of
 * thousands of requests would cost more than the requests' own bookkeeping.
 */
export class AttemptClock {
  #running = new Map<AbortController, number>();
  #timer: NodeJS.Timeout | null = null;

  /** @param tickMs how late a deadline may be noticed */
  constructor(private readonly tickMs = 100) {}

  /** A controller that is aborted once `timeoutMs` have passed, unless `stop` comes first. */
  start(timeoutMs: number): AbortController {
    const controller = new AbortController();
    this.#running.set(controller, performance.now() + timeoutMs);
    this.#timer ??= setInterval(() => this.#sweep(), this.tickMs);
    return controller;
  }

  stop(controller: AbortController): void {
    this.#running.delete(controller);
    if (this.#running.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Aborts everything that is running. */
  abortAll(): void {
    for (const controller of this.#running.keys()) controller.abort();
  }

  #sweep(): void {
    const now = performance.now();
    for (const [controller, deadline] of this.#running) {
      if (deadline > now) continue;
      this.#running.delete(controller);
      controller.abort();
    }
  }
}
