import { isWidestShown, widestText, worstText } from '../../shared/group-words.js';
import type { GroupTableData } from './group-data.js';
import { extremesOf } from './rank-groups.js';

/** Which group is served worst and how far the groups lie apart, with ends that hold although both were picked. */
export function ExtremeLines({ table, provider, arm }: { table: GroupTableData; provider: string; arm: string }) {
  const extremes = extremesOf(table, provider, arm);
  if (!extremes || (extremes.worst === null && extremes.widest === null)) return null;
  const { unit } = table;
  return (
    <dl class="extremes">
      {extremes.worst && (
        <div>
          <dt>Worst</dt>
          <dd>
            <strong>{worstText(extremes, unit)}</strong>{' '}
            <span class="remark">holds for all {extremes.measured} groups at once</span>
          </dd>
        </div>
      )}
      {extremes.widest && (
        <div>
          <dt>Widest gap</dt>
          <dd>
            <strong>{widestText(extremes, unit)}</strong>{' '}
            <span class="remark">
              for all pairs of groups at once;{' '}
              {isWidestShown(extremes) ? 'clear of zero' : 'not shown to differ from zero'}
            </span>
          </dd>
        </div>
      )}
    </dl>
  );
}
