import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportSchema } from '../../../src/contract/report.js';
import { reportFixture } from '../../fixtures/report-fixture.js';

describe('report fixture', () => {
  const validate = new Ajv2020({ strict: false }).compile(reportSchema);

  test.each([
    { eval: 'persona' as const },
    { eval: 'persona' as const, scorecard: true },
    { eval: 'pink-elephant' as const, relations: true },
    { eval: 'pink-elephant' as const, simulated: false, complete: false, cells: 317_196 },
  ])('is a valid report: %j', (choices) => {
    const { report } = reportFixture(choices);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expect(report.contrasts.length * report.gates.length * report.controls.length).toBeGreaterThan(0);
  });
});
