import type { RunLimits } from '../../contract/config-spec.js';

/** Thrown instead of sending once the budget is spent: the run ends cleanly and can be resumed. */
export class RunHalted extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RunHalted';
  }
}

/**
 * Money and calls of a run, those of its earlier invocations included. What is in flight counts as if it cost as much
 * as the replies so far did on average. Before there is one, nothing is known of the cost: one call goes ahead alone.
 * So a budget is overrun by what calls differ from that mean at most.
 */
export class Budget {
  #spentUsd: number;
  #replies: number;
  #inFlight = 0;
  /** Calls that wait for what the first one costs. */
  #waiting: (() => void)[] = [];

  constructor(
    readonly limits: Pick<RunLimits, 'budgetUsd' | 'maxCalls'>,
    before: { spentUsd: number; replies: number },
  ) {
    this.#spentUsd = before.spentUsd;
    this.#replies = before.replies;
  }

  get spentUsd(): number {
    return this.#spentUsd;
  }

  /**
   * Lets one more call go; it is in flight then.
   * @throws RunHalted when it could break a limit
   */
  async admit(): Promise<void> {
    const { budgetUsd, maxCalls } = this.limits;
    while (budgetUsd !== undefined && this.#replies === 0 && this.#inFlight > 0) {
      await new Promise<void>((go) => this.#waiting.push(go));
    }
    if (maxCalls !== undefined && this.#replies + this.#inFlight >= maxCalls) {
      throw new RunHalted(`the limit of ${maxCalls} calls is reached`);
    }
    const meanUsd = this.#replies === 0 ? 0 : this.#spentUsd / this.#replies;
    if (budgetUsd !== undefined && this.#spentUsd + (this.#inFlight + 1) * meanUsd > budgetUsd) {
      throw new RunHalted(`the budget of ${budgetUsd} USD is reached`);
    }
    this.#inFlight++;
  }

  /** @param costUsd of the reply, or null if none came */
  returned(costUsd: number | null): void {
    this.#inFlight--;
    if (costUsd !== null) {
      this.#replies++;
      this.#spentUsd += costUsd;
    }
    for (const go of this.#waiting.splice(0)) go();
  }
}
