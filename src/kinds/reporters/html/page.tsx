import type { Plan } from '../../../contract/plan.js';
import type { Report } from '../../../contract/report.js';
import { relationsOf } from '../shared/relation-words.js';
import { tradeoffTableOf } from '../shared/tradeoffs.js';
import { simulatedNotice } from '../shared/verdict.js';
import type { GroupTableData } from './groups/group-data.js';
import { Columns } from './parts/columns.js';
import { ContrastSection } from './sections/contrast-section.js';
import { CostSection } from './sections/cost-section.js';
import { GroupSection } from './sections/group-section.js';
import { HeadlineSection } from './sections/headline-section.js';
import { JudgeSection } from './sections/judge-section.js';
import { MatrixSection } from './sections/matrix-section.js';
import { ProvenanceSection } from './sections/provenance-section.js';
import { RelationSection } from './sections/relation-section.js';
import { TradeoffSection } from './sections/tradeoff-section.js';
import { TranscriptSection } from './sections/transcript-section.js';
import { VerdictSection } from './sections/verdict-section.js';

/** What the page shows beside report and plan. */
export interface PageContent {
  report: Report;
  plan: Plan;
  groups: GroupTableData[];
  /** Transcripts that are packed into the page. */
  embedded: number;
}

/** Everything between `<body>` and the packed data. */
export function Page({ report, plan, groups, embedded }: PageContent) {
  const { planned, skipped } = report.counts.cells;
  const tradeoffs = tradeoffTableOf(report, plan);
  const links: [id: string, name: string][] = [
    ['verdict', 'Verdict'],
    ['headline', 'Headline numbers'],
    ...(report.contrasts.length > 0 ? ([['contrasts', 'Contrasts']] as [string, string][]) : []),
    ...(relationsOf(report).length > 0 ? ([['relations', 'Relations']] as [string, string][]) : []),
    ...(groups.length > 0 ? ([['groups', 'Groups']] as [string, string][]) : []),
    ...(tradeoffs !== null ? ([['tradeoffs', 'Trade-offs']] as [string, string][]) : []),
    ['matrix', 'Matrix'],
    ...(report.judges.length > 0 ? ([['judges', 'Judge health']] as [string, string][]) : []),
    ['cost', 'Cost and time'],
    ['transcripts', 'Transcripts'],
    ['provenance', 'Provenance'],
  ];
  return (
    <>
      <a class="skip" href="#verdict">
        Skip to the verdict
      </a>
      {report.run.simulated && (
        <aside class="simulated" aria-label="Simulated run">
          <strong>Simulated run.</strong> {simulatedNotice.replace(/^SIMULATED: a/, 'A')}
        </aside>
      )}
      <PageHeader report={report} plan={plan} />
      <Columns links={links}>
        <VerdictSection report={report} />
        <HeadlineSection report={report} plan={plan} />
        <ContrastSection report={report} />
        <RelationSection report={report} />
        <GroupSection tables={groups} />
        <TradeoffSection table={tradeoffs} />
        <MatrixSection report={report} plan={plan} />
        <JudgeSection report={report} plan={plan} />
        <CostSection report={report} />
        <TranscriptSection embedded={embedded} planned={planned} settled={planned - skipped} />
        <ProvenanceSection report={report} plan={plan} />
      </Columns>
      <footer>
        <p>
          Made by evalrun {report.run.evalrunVersion} from the record of run <code>{report.run.id}</code>. This page
          loads nothing and sends nothing.
        </p>
      </footer>
    </>
  );
}

function PageHeader({ report, plan }: { report: Report; plan: Plan }) {
  const { run, timing } = report;
  const day = (timing.finished ?? timing.started)?.slice(0, 10);
  return (
    <header>
      <button type="button" id="theme" hidden>
        Theme
      </button>
      <p class="kicker">
        {run.eval} · run <code>{run.id}</code>
        {day && ` · ${day}`}
      </p>
      <h1>{run.title}</h1>
      {plan.matrix.eval.description && <p class="lead">{plan.matrix.eval.description}</p>}
    </header>
  );
}
