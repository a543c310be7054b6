import { Picker } from '../parts/picker.js';
import { everything, scoreChoices, type TranscriptFilter } from './transcript-filter.js';
import type { TranscriptStore } from './transcript-store.js';

/** Search box and filters over the transcripts. */
export function FilterBar(props: {
  store: TranscriptStore;
  filter: TranscriptFilter;
  onFilter: (filter: TranscriptFilter) => void;
}) {
  const { store, filter } = props;
  const change = (part: Partial<TranscriptFilter>) => props.onFilter({ ...filter, ...part });
  const any = (words: string, choices: string[]) => [
    { value: '', text: words },
    ...choices.map((value) => ({ value, text: value })),
  ];
  const scores = [{ value: '', text: 'any score' }, ...scoreChoices(store)];
  const changed = JSON.stringify({ ...filter, scope: everything.scope }) !== JSON.stringify(everything);
  return (
    <search class="filters">
      <label class="picker wide">
        <span>Search</span>
        <input
          type="search"
          id="transcript-search"
          placeholder="words in replies and rationales"
          value={filter.query}
          onInput={(event) => change({ query: event.currentTarget.value })}
        />
      </label>
      <Picker
        label="In"
        value={filter.scope}
        choices={[
          { value: 'replies', text: 'replies and rationales' },
          { value: 'all', text: 'everything' },
        ]}
        onPick={(scope) => change({ scope: scope === 'all' ? 'all' : 'replies' })}
      />
      <Picker
        label="Provider"
        value={filter.provider}
        choices={any(
          'any provider',
          store.distinct((row) => row.provider),
        )}
        onPick={(provider) => change({ provider })}
      />
      <Picker
        label="Arm"
        value={filter.arm}
        choices={any(
          'any arm',
          store.distinct((row) => row.arm),
        )}
        onPick={(arm) => change({ arm })}
      />
      <Picker
        label="Outcome"
        value={filter.outcome}
        choices={any('any outcome', [...new Set(store.rows.map((row) => row.outcome.kind))])}
        onPick={(outcome) => change({ outcome })}
      />
      <Picker label="Score" value={filter.score} choices={scores} onPick={(score) => change({ score })} />
      {filter.group && (
        <span class="chip">
          {filter.group.field}: {filter.group.group}
          <button type="button" class="quiet" onClick={() => change({ group: null })}>
            remove
          </button>
        </span>
      )}
      {changed && (
        <button type="button" class="quiet" onClick={() => props.onFilter(everything)}>
          Clear all
        </button>
      )}
    </search>
  );
}
