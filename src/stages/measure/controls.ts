import type { Estimate } from '../../contract/estimate.js';
import type { ControlSpec } from '../../contract/eval-spec.js';
import type { Report } from '../../contract/report.js';

/** The control of every headline, for every provider. */
export function controlsOf(
  controls: readonly ControlSpec[],
  providers: readonly string[],
  estimates: readonly Estimate[],
): Report['controls'] {
  return controls.flatMap((control) =>
    providers.map((provider) => {
      const find = ({ metric, arm }: ControlSpec['for']) =>
        estimates.find(
          (one) =>
            one.metric === metric && one.by.arm === arm && one.by.provider === provider && one.by.group === undefined,
        );
      const value = find(control.is);
      return {
        for: { metric: control.for.metric, arm: control.for.arm, provider },
        is: { metric: control.is.metric, arm: control.is.arm },
        headline: find(control.for)?.value ?? null,
        value: value?.value ?? null,
        low: value?.low ?? null,
        high: value?.high ?? null,
      };
    }),
  );
}
