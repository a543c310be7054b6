/**
 * `json`: the report as `report.json`.
 *
 * Two-space JSON with a trailing newline. Keys are in the order of the schema, keys of free-form records sorted, so the
 * same report gives the same bytes. Errors: none. Limits: numbers are printed as JavaScript prints them (shortest
 * form that reads back the same).
 */
import Type from 'typebox';
import { reportSchema } from '../../contract/report.js';
import type { ReporterKind } from '../../contract/reporter-kind.js';
import { orderBySchema, type Shape } from './shared/order-by-schema.js';

export const json: ReporterKind = {
  kind: 'json',
  options: Type.Object({}, { additionalProperties: false }),
  async report({ report }) {
    return [
      { file: 'report.json', content: `${JSON.stringify(orderBySchema(report, reportSchema as Shape), null, 2)}\n` },
    ];
  },
};
