import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { ReportInput } from '../../../contract/reporter-kind.js';
import { clientScript, clientStyle } from './client.generated.js';
import { htmlDocument } from './document.js';
import { groupTablesOf } from './groups/group-data.js';
import { Page } from './page.js';
import { embedTranscripts } from './transcripts/embed-transcripts.js';

const mostUnits = 64_000_000;

/** The content of `report.html`, with at most `limit` transcripts in it. */
export async function htmlReport({ report, plan, transcripts }: ReportInput, limit: number): Promise<string> {
  const { chunks, embedded } = await embedTranscripts(transcripts(limit), { transcripts: limit, units: mostUnits });
  const groups = groupTablesOf(report, plan);
  return htmlDocument({
    title: `${report.run.eval}: ${report.run.title}`,
    style: clientStyle,
    script: clientScript,
    body: render(h(Page, { report, plan, groups, embedded })),
    data: { 'group-data': groups },
    chunks,
  });
}
