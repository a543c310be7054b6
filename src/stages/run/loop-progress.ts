import type { StepOutput, Trial } from '../../contract/trial.js';
import { isPresent, lookupPath } from '../../lib/field-path.js';
import { addOutput, type CellScope } from './cell-scope.js';
import type { CompiledStep } from './compiled-eval.js';

/** How far the loops of a cell have come. */
export class LoopProgress {
  readonly #ended = new Set<string>();
  readonly #scope: CellScope;
  readonly #trial: Trial;

  /** @param steps of the eval; their loops begin with empty conversations */
  constructor(steps: readonly CompiledStep[], scope: CellScope, trial: Trial) {
    this.#scope = scope;
    this.#trial = trial;
    for (const { round } of steps) if (round !== null) scope.loops[round.loop] ??= [];
  }

  /**
   * Whether a step is asked. A loop that has ended asks nothing more.
   * @param isUnknown whether a value stands for a reply that is not known; it lets a loop go on
   */
  asks({ round, applies }: CompiledStep, isUnknown: (value: unknown) => boolean = () => false): boolean {
    if (round !== null) {
      if (this.#ended.has(round.loop)) return false;
      if (round.opens && round.decidedBy !== null) {
        const value = lookupPath(this.#scope, round.decidedBy);
        if (!isUnknown(value) && isPresent(value) !== (round.goesOnIf === 'present')) {
          this.#ended.add(round.loop);
          return false;
        }
      }
    }
    return applies(this.#scope);
  }

  /** Takes a step's output down: for later steps, for graders, and as a turn of its loop's conversation. */
  add({ id, round }: CompiledStep, output: StepOutput): void {
    this.#trial.outputs[id] = output;
    addOutput(this.#scope, id, output);
    if (round === null) return;
    this.#trial.outputs[round.step] = output;
    addOutput(this.#scope, round.step, output);
    if (round.says === undefined) return;
    const { as, field } = round.says;
    const said = field === undefined ? output.text : output.fields?.[field];
    // A conversation with a turn missing cannot go on.
    if (typeof said !== 'string' || said.trim() === '') this.#ended.add(round.loop);
    else this.#scope.loops[round.loop]!.push({ [as]: said });
  }
}
