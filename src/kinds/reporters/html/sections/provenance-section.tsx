import type { Plan } from '../../../../contract/plan.js';
import type { Report } from '../../../../contract/report.js';
import { methodWords } from '../../shared/method-words.js';
import { relationsOf } from '../../shared/relation-words.js';
import { Cell, DataTable, NameCell, Row, Rows } from '../parts/data-table.js';
import { Facts, Name, Section } from '../parts/section.js';

/** Where everything comes from, what the interval methods mean, and how to run it again. */
export function ProvenanceSection({ report, plan }: { report: Report; plan: Plan }) {
  const { provenance, run } = report;
  return (
    <Section id="provenance" title="Provenance">
      <h3>Run it again</h3>
      <div class="command">
        <pre>
          <code id="command">{provenance.command}</code>
        </pre>
        <button type="button" id="copy" data-copies="command">
          Copy
        </button>
      </div>
      <Facts
        facts={[
          ['Run', <code key="run">{run.id}</code>],
          ['Plan digest', <code key="digest">{run.configDigest}</code>],
          ['evalrun', run.evalrunVersion],
          ['Git', gitWords(provenance.git)],
          ['Eval', `${plan.matrix.eval.id}, version ${plan.matrix.eval.version}`],
        ]}
      />
      <h3>Sources</h3>
      <DataTable
        caption="Where the content comes from, and under which licence"
        headings={[{ text: 'What' }, { text: 'Name' }, { text: 'Source' }, { text: 'Licence' }]}
      >
        <Rows>
          {provenance.sources.map((source) => (
            <Row key={`${source.what}/${source.id}`}>
              <NameCell>{source.what}</NameCell>
              <Cell label="Name">{source.title ?? source.id}</Cell>
              <Cell label="Source">{source.source ?? 'not stated'}</Cell>
              <Cell label="Licence">{source.licence ?? 'not stated'}</Cell>
            </Row>
          ))}
        </Rows>
      </DataTable>
      <Methods report={report} />
      <details>
        <summary>Digests of the source files (SHA-256)</summary>
        <dl class="digests">
          {Object.entries(provenance.files)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([file, digest]) => (
              <div key={file}>
                <dt>
                  <Name of={file} />
                </dt>
                <dd>
                  <code>{digest}</code>
                </dd>
              </div>
            ))}
        </dl>
      </details>
    </Section>
  );
}

function Methods({ report }: { report: Report }) {
  const used = [...report.estimates, ...report.contrasts, ...relationsOf(report)];
  const methods = [...new Set(used.map((one) => one.method))].filter((method) => method !== '');
  if (methods.length === 0) return null;
  const clusters = new Map(used.flatMap((one) => Object.keys(one.clusters).map((field) => [field, true])));
  return (
    <>
      <h3>Methods</h3>
      <dl class="methods">
        {methods.map((method) => (
          <div key={method}>
            <dt>
              <code>{method}</code>
            </dt>
            <dd>{methodWords(method) || 'See the documentation of the metric.'}</dd>
          </div>
        ))}
        <div>
          <dt>Clusters</dt>
          <dd>{[...clusters.keys()].join(', ') || 'none: cells are taken as independent'}</dd>
        </div>
        <div>
          <dt>p adjusted</dt>
          <dd>Holm’s step-down correction over all contrasts of the same metric, two-sided.</dd>
        </div>
        <div>
          <dt>Detectable</dt>
          <dd>
            The smallest true difference that a run of this size and variance would find in 80 of 100 repetitions.
          </dd>
        </div>
      </dl>
    </>
  );
}

function gitWords(git: Report['provenance']['git']): string {
  if (git.commit === null) return 'not in a repository';
  return `${git.commit}${git.dirty ? ', with uncommitted changes' : ''}`;
}
