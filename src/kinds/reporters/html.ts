/**
 * `html`: the whole report as one file, `report.html`.
 *
 * Opens from disk in any current browser: no network, a policy that allows nothing but its own script and style, light
 * and dark, wide and narrow, paper. Shape: verdict, headline numbers, contrasts, groups, matrix, judges, cost,
 * transcripts, provenance. Units: shares in percent, their differences in percentage points. Errors: none.
 * Limits: `transcripts` cells are packed into the page (default 2,000), fewer if their texts exceed 64 million
 * characters; a single text is cut at 40,000. Text of models and files only ever becomes text.
 */
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import Type from 'typebox';
import type { ReporterKind } from '../../contract/reporter-kind.js';
import { clientScript, clientStyle } from './html/client.generated.js';
import { htmlDocument } from './html/document.js';
import { groupTablesOf } from './html/groups/group-data.js';
import { Page } from './html/page.js';
import { embedTranscripts } from './html/transcripts/embed-transcripts.js';

const mostUnits = 64_000_000;

export const html: ReporterKind = {
  kind: 'html',
  options: Type.Object(
    {
      transcripts: Type.Optional(
        Type.Integer({ minimum: 0, description: 'Most transcripts packed into the page. Default 2000.' }),
      ),
    },
    { additionalProperties: false },
  ),
  async report({ report, plan, transcripts }, options) {
    const limit = typeof options.transcripts === 'number' ? options.transcripts : 2000;
    const { chunks, embedded } = await embedTranscripts(transcripts(limit), { transcripts: limit, units: mostUnits });
    const groups = groupTablesOf(report, plan);
    const content = htmlDocument({
      title: `${report.run.eval}: ${report.run.title}`,
      style: clientStyle,
      script: clientScript,
      body: render(h(Page, { report, plan, groups, embedded })),
      data: { 'group-data': groups },
      chunks,
    });
    return [{ file: 'report.html', content }];
  },
};
