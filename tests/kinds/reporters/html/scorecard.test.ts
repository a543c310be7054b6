import { describe, expect, test } from '@jest/globals';
import type { ReportInput } from '../../../../src/contract/reporter-kind.js';
import { curveFamilies } from '../../../../src/kinds/reporters/html/curves/attempt-curves.js';
import { html } from '../../../../src/kinds/reporters/html.js';
import { reportFixture } from '../../../fixtures/report-fixture.js';

/** The page's markup before anything is packed, and the text of it. */
async function sectionOf(input: ReportInput, id: string): Promise<{ markup: string; text: string }> {
  const [output] = await html.report(input, { transcripts: 0 });
  const page = (output as { content: string }).content;
  const from = page.indexOf(`<section id="${id}"`);
  const markup = from < 0 ? '' : page.slice(from, page.indexOf('</section>', from));
  return { markup, text: markup.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<') };
}

describe('scorecard in report.html', () => {
  test('worst group and widest gap stand above the table, with what their ends hold for', async () => {
    const { text, markup } = await sectionOf(reportFixture(), 'groups');
    expect(text).toMatch(/Worst[a-z]+, \d\d\.\d% \[\d+\.\d, \d+\.\d\] holds for all 10 groups at once/);
    expect(text).toMatch(
      /Widest gap[a-z]+ − [a-z]+ = \+\d+\.\d pp \[\d+\.\d, \d+\.\d\] for all pairs of groups at once; clear of zero/,
    );
    expect(text).toContain('Holm’s correction over the groups of the field');
    expect(text).toContain('To explore, use q (Benjamini–Hochberg)');
    expect(markup).toContain('<summary>p and q of each gap</summary>');
    expect(text).toMatch(/shown (better|worse)/);
  });

  test('without comparisons the section promises none', async () => {
    const input = reportFixture();
    const { text } = await sectionOf({ ...input, report: { ...input.report, groups: [] } }, 'groups');
    expect(text).not.toMatch(/Holm|Widest gap|p and q/);
    expect(text).toContain('take no part in the ranking');
  });

  test('many contrasts of one kind become one ranking, the others stay', async () => {
    const { markup, text } = await sectionOf(reportFixture({ scorecard: true }), 'contrasts');
    const ranking = markup.slice(markup.indexOf('class="dense"'), markup.indexOf('</table>'));
    const names = [...ranking.matchAll(/<th scope="row"[^>]*>([a-z]+)</g)].map(([, name]) => name);
    expect(names).toHaveLength(18);
    expect(names.slice(0, 3)).toEqual(['lifestyle', 'ideology', 'education']);
    expect(text).toContain('full − each other arm');
    expect(text).toContain('2 of 18 differences are shown once corrected.');
    expect(text).toContain('specificity of baseline');
    expect((await sectionOf(reportFixture(), 'contrasts')).markup).not.toContain('class="dense"');
  });

  test('judges that state their confidence are drawn, with their numbers as a table', async () => {
    const { markup, text } = await sectionOf(reportFixture({ scorecard: true }), 'judges');
    expect(markup.match(/<svg class="plot"[^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(4);
    expect(text).toContain(
      'all judgements score 40.0% and cover 98.0%; those of confidence 90 and more score 45.0% and cover 48.0%',
    );
    expect(markup.match(/<details>/g)).toHaveLength(4);
    expect((await sectionOf(reportFixture(), 'judges')).markup).not.toContain('<svg');
  });

  test('quotes and rules have their columns and table where there are any', async () => {
    const input = reportFixture();
    const plain = await sectionOf(input, 'judges');
    expect(plain.text).not.toMatch(/Quotes found|Only the rule/);
    const rule = { grader: 'declines', n: 645, agree: 0.988, kappa: 0.74, low: 0.58, high: 0.91 };
    Object.assign(input.report.judges[0]!, {
      quotes: { judgements: 40, given: 1200, found: 1140, share: 0.95 },
      rule: { ...rule, method: 'delta-t/one-way', ruleOnly: 3, judgeOnly: 8 },
    });
    const { markup, text } = await sectionOf(input, 'judges');
    expect(text).toContain('1,20095.0%');
    expect(text).toMatch(/declines.*64598\.8%0\.74\[0\.58, 0\.91\]38/);
    expect(markup).toContain('Units of one cluster are counted as related');
    expect(text.match(/Only the judge/g)!.length).toBeGreaterThan(0);
  });

  test('a judge of labels has no mean and is not drawn', async () => {
    const input = reportFixture({ scorecard: true });
    for (const judge of input.report.judges) for (const one of judge.byConfidence!) one.mean = null;
    expect((await sectionOf(input, 'judges')).markup).not.toContain('<svg');
  });

  test('metrics that differ in k alone make a curve, with their control dashed beside it', async () => {
    const input = reportFixture({ scorecard: true });
    const families = curveFamilies(input.report, input.plan);
    expect(families.map(({ grader, controlGrader }) => [grader, controlGrader])).toEqual([['fits', 'fits_other']]);
    expect(families[0]!.curves).toHaveLength(4 * 2);
    expect(families[0]!.curves[0]!.points.map(({ k }) => k)).toEqual([1, 2, 4, 8]);
    expect(families[0]!.curves[0]!.control.map(({ k }) => k)).toEqual([1, 8]);
    const { markup } = await sectionOf(input, 'headline');
    expect(markup.match(/class="curve own"/g)).toHaveLength(8);
    expect(markup.match(/class="curve control"/g)).toHaveLength(8);
  });

  test('what is measured in each round of a loop makes a curve of its own', async () => {
    const input = reportFixture({ scorecard: true });
    const [metric] = input.plan.matrix.eval.metrics.filter(({ kind }) => kind === 'rate' || kind === 'mean');
    const own = input.report.estimates.filter((one) => one.metric === metric!.id && one.by.group === undefined);
    input.plan.matrix.eval.metrics = [1, 2, 3].map((number) => ({
      ...metric!,
      id: `named_${number}`,
      title: `Replies that name it, round ${number}`,
      round: { metric: 'named', number },
    }));
    input.plan.matrix.eval.controls = [];
    input.report.estimates = [1, 2, 3].flatMap((number) => own.map((one) => ({ ...one, metric: `named_${number}` })));
    const [family] = curveFamilies(input.report, input.plan);
    expect(family!.rounds).toEqual({ metric: 'named', title: 'Replies that name it' });
    expect(family!.curves[0]!.points.map(({ k }) => k)).toEqual([1, 2, 3]);
    expect((await sectionOf(input, 'headline')).text).toContain('Replies that name it, by round');
  });

  test('without a control both are curves of their own, and one k makes none', () => {
    const { report, plan } = reportFixture({ scorecard: true });
    plan.matrix.eval.controls = [];
    expect(curveFamilies(report, plan).map(({ grader }) => grader)).toEqual(['fits', 'fits_other']);
    plan.matrix.eval.metrics = plan.matrix.eval.metrics.filter(
      ({ options }) => options.k === undefined || options.k === 8,
    );
    expect(curveFamilies(report, plan)).toEqual([]);
  });

  test('says which arms no other beats, and that intervals are not considered', async () => {
    const { text, markup } = await sectionOf(reportFixture({ eval: 'pink-elephant' }), 'tradeoffs');
    expect(text).toContain('intervals are not considered');
    expect(markup).toContain('undominated');
    expect((await sectionOf(reportFixture(), 'tradeoffs')).markup).toBe('');
  });

  test('the number without weights stands under the weighted one', async () => {
    const { text } = await sectionOf(reportFixture({ scorecard: true }), 'headline');
    expect(text).toContain('31.2%29.2%');
    expect(text).toContain('as if every persona counted alike');
    expect((await sectionOf(reportFixture(), 'headline')).text).not.toContain('counted alike');
  });
});
