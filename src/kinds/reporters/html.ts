/**
 * `html`: the whole report as one file, `report.html`.
 *
 * Opens from disk in any current browser: no network, a policy that allows nothing but its own script and style, light
 * and dark, wide and narrow, paper. Shape: verdict, headline numbers, contrasts, groups, trade-offs, matrix, judges,
 * cost, transcripts, provenance. Units: shares in percent, their differences in percentage points. Errors: none.
 * Limits: `transcripts` cells are packed into the page (default 2,000), fewer if their texts exceed 64 million
 * characters; a single text is cut at 40,000. Text of models and files only ever becomes text.
 */
import Type from 'typebox';
import type { ReporterKind } from '../../contract/reporter-kind.js';

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
  async report(input, options) {
    // Loaded with the first report: checking a config must not wait for the page's code.
    const { htmlReport } = await import('./html/html-report.js');
    const limit = typeof options.transcripts === 'number' ? options.transcripts : 2000;
    return [{ file: 'report.html', content: await htmlReport(input, limit) }];
  },
};
