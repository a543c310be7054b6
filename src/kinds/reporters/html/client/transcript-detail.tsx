import type { Json } from '../../../../contract/json.js';
import { Cell, DataTable, NameCell, NumberCell, Row, Rows } from '../parts/data-table.js';
import { Facts, Name, Tag } from '../parts/section.js';
import { type PackedRow, type PackedScore, type Ref, unpackJson } from '../transcripts/packed.js';
import { evidenceFor, type Shown, StepShown } from './step-shown.js';
import { TextBlock } from './text-block.js';
import { shortNumber, type TranscriptStore } from './transcript-store.js';

/** One cell: who was asked what, what came back, and how it was scored. */
export function TranscriptDetail({ store, row, query }: Shown) {
  const graded = gradedApart(row);
  const graders = row.scores.map((score) => score.grader);
  const own = row.steps.filter((step) => !graders.includes(step.id));
  const asked = row.steps.filter((step) => graders.includes(step.id));
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
      {own.map((step) => (
        <StepShown key={step.id} {...{ store, row, query, step }} />
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
      {asked.map((step) => (
        <details key={step.id} class="fields">
          <summary>
            What {store.text(step.id)} asked of the {store.text(step.role)}
          </summary>
          <StepShown {...{ store, row, query, step }} />
        </details>
      ))}
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
