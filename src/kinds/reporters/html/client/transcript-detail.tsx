import type { Json } from '../../../../contract/json.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Facts, Name, Tag } from '../parts/section.js';
import { type PackedRow, type PackedScore, type PackedStep, type Ref, unpackJson } from '../transcripts/packed.js';
import type { Mark } from './highlight.js';
import { TextBlock } from './text-block.js';
import { shortNumber, type TranscriptStore } from './transcript-store.js';

interface Shown {
  store: TranscriptStore;
  row: PackedRow;
  query: string;
}

/** One cell: who was asked what, what came back, and how it was scored. */
export function TranscriptDetail({ store, row, query }: Shown) {
  const graded = gradedApart(row);
  return (
    <>
      <Facts
        facts={[
          ['Provider', <Name key="p" of={store.text(row.provider)} />],
          ['Arm', <Name key="a" of={store.text(row.arm)} />],
          ['Item', <Name key="i" of={store.text(row.item[0])} />],
          ...(row.persona
            ? [['Persona', <Name key="q" of={store.text(row.persona[0])} />] as [string, preact.VNode]]
            : []),
          ['Repeat', String(row.repeat + 1)],
        ]}
      />
      <OutcomeWords {...{ store, row, query }} />
      {row.steps.map((step) => (
        <StepShown key={step.id} {...{ store, row, query, step }} folded={graded.length > 0} />
      ))}
      {graded.map((ref) => (
        <section key={ref} class="message graded">
          <h4>
            What was graded:{' '}
            {[...new Set(row.scores.filter((score) => score.graded === ref).map((score) => store.text(score.of)))].join(
              ', ',
            )}
          </h4>
          <TextBlock text={store.text(ref)} evidence={evidenceFor(store, row, ref)} query={query} />
        </section>
      ))}
      {row.scores.length > 0 && <ScoreTable {...{ store, row, query }} />}
      <Fields title="Item" json={store.text(row.item[1])} query={query} />
      {row.persona && <Fields title="Persona" json={store.text(row.persona[1])} query={query} />}
    </>
  );
}

/** Graded texts that are not a reply as it came, but a part of one. */
function gradedApart(row: PackedRow): Ref[] {
  const replies = row.steps.map((step) => step.reply);
  const wanted = row.scores.filter(
    (score) => row.outcome.kind === 'answered' && score.graded >= 0 && !replies.includes(score.graded),
  );
  return [...new Set(wanted.map((score) => score.graded))];
}

function evidenceFor(store: TranscriptStore, row: PackedRow, ref: Ref): Mark[] {
  return row.scores
    .filter((score) => score.graded === ref)
    .flatMap((score) => {
      const ends = score.evidence ?? [];
      return ends.flatMap((start, i) =>
        i % 2 === 0 ? [{ start, end: ends[i + 1]!, grader: store.text(score.grader) }] : [],
      );
    });
}

function OutcomeWords({ row, query }: Shown) {
  const { outcome } = row;
  if (outcome.kind === 'answered') return null;
  const facts =
    outcome.kind === 'failed'
      ? `step ${outcome.step}: ${outcome.reason.replaceAll('_', ' ')} after ${outcome.attempts} attempts`
      : outcome.kind === 'refused'
        ? `step ${outcome.step}`
        : outcome.reason.replaceAll('_', ' ');
  return (
    <section class="message outcome">
      <h4>
        <Tag tone={outcome.kind === 'failed' ? 'bad' : 'warn'}>{outcome.kind}</Tag> {facts}
      </h4>
      <TextBlock text={outcome.kind === 'refused' ? outcome.text : outcome.message} query={query} />
    </section>
  );
}

function StepShown({ store, row, query, step, folded }: Shown & { step: PackedStep; folded: boolean }) {
  const reply =
    step.reply < 0 ? null : (
      <TextBlock text={store.text(step.reply)} evidence={evidenceFor(store, row, step.reply)} query={query} />
    );
  const tokens = step.tokens ? `, ${step.tokens.input} tokens in, ${step.tokens.output} out` : '';
  const finish = step.finish < 0 || store.text(step.finish) === 'stop' ? '' : `, ended by ${store.text(step.finish)}`;
  return (
    <section class="step">
      <h4>
        Step {store.text(step.id)}{' '}
        <span class="remark">
          asked of the {store.text(step.role)}
          {tokens}
          {finish}
        </span>
      </h4>
      <ol class="messages">
        {step.messages.map(([role, content], i) => (
          <li key={i} class={`message ${store.text(role)}`}>
            <h5>{store.text(role)}</h5>
            <TextBlock text={store.text(content)} query={query} />
          </li>
        ))}
        {reply && (
          <li class="message reply">
            <h5>reply</h5>
            {folded ? (
              <details>
                <summary>as it came</summary>
                {reply}
              </details>
            ) : (
              reply
            )}
          </li>
        )}
      </ol>
      {step.parseError >= 0 && <p class="problem">The reply could not be parsed: {store.text(step.parseError)}</p>}
    </section>
  );
}

function ScoreTable({ store, row, query }: Shown) {
  const graded = [...new Set(row.scores.map((score) => store.text(score.of)))];
  return (
    <DataTable
      caption={graded.length === 1 ? `Scores of ${graded[0]}` : 'Scores'}
      headings={[{ text: 'Grader' }, { text: 'Score' }, { text: 'Confidence', numeric: true }, { text: 'Rationale' }]}
    >
      <Rows>
        {row.scores.map((score) => (
          <Row key={score.grader}>
            <NameCell>
              <Name of={store.text(score.grader)} />
              {graded.length > 1 && <span class="remark block">of {store.text(score.of)}</span>}
            </NameCell>
            <Cell label="Score">{scoreWords(store, score)}</Cell>
            <NumberCell label="Confidence">{score.confidence ?? '–'}</NumberCell>
            <Cell label="Rationale" class="reading">
              {score.words < 0 ? '–' : <TextBlock text={store.text(score.words)} query={query} />}
              {score.orderConsistent !== undefined && (
                <p class="remark">
                  {score.orderConsistent ? 'same verdict in both orders' : 'verdict changed with the order'}
                </p>
              )}
            </Cell>
          </Row>
        ))}
      </Rows>
    </DataTable>
  );
}

function scoreWords(store: TranscriptStore, score: PackedScore) {
  if (score.value === null) return <Tag tone="warn">{store.scoreText(score)}</Tag>;
  return (
    <>
      <b>{shortNumber(score.value)}</b> {score.label >= 0 && <Name of={store.text(score.label)} />}
    </>
  );
}

function Fields({ title, json, query }: { title: string; json: string; query: string }) {
  const value: Json = unpackJson(json);
  const entries =
    typeof value === 'object' && value !== null ? Object.entries(value) : [['text', value] as [string, Json]];
  return (
    <details class="fields">
      <summary>{title}</summary>
      <dl>
        {entries.map(([name, field]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <TextBlock text={typeof field === 'string' ? field : JSON.stringify(field, null, 1)} query={query} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
