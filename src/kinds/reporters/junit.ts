/**
 * `junit`: gates and failed cells for CI servers, as `junit.xml`.
 *
 * Shape: one suite `gates` with a test case a gate (missed → `failure`), one suite `cells` with a test case for the
 * run's completeness and one for each failed cell (→ `error`, its type is the failure's reason). Source: the JUnit XML that
 * Jenkins and GitLab read. Errors: none. Limits: at most `failedCells` cells (default 100) are listed, the rest are
 * counted in one more; characters that XML cannot hold are removed.
 */
import Type from 'typebox';
import type { ReporterKind, ReportInput } from '../../contract/reporter-kind.js';
import type { Transcript } from '../../contract/trial.js';
import { unitOf } from './shared/headlines.js';
import { countOf } from './shared/number-text.js';
import { xmlText } from './shared/safe-text.js';
import { gateRuleWords, gateValueText, verdictOf } from './shared/verdict.js';

/** Transcripts that are read at most while looking for failed cells. */
const mostRead = 4000;

interface Case {
  name: string;
  className: string;
  problem?: { element: 'failure' | 'error'; type: string; message: string };
}

export const junit: ReporterKind = {
  kind: 'junit',
  options: Type.Object(
    {
      failedCells: Type.Optional(
        Type.Integer({ minimum: 0, description: 'Most failed cells listed one by one. Default 100.' }),
      ),
    },
    { additionalProperties: false },
  ),
  async report(input, options) {
    const listed = typeof options.failedCells === 'number' ? options.failedCells : 100;
    const suites = [
      { name: 'gates', cases: gateCases(input) },
      { name: 'cells', cases: await cellCases(input, listed) },
    ];
    const body = suites.map((suite) => suiteXml(suite.name, suite.cases)).join('');
    const all = suites.flatMap((suite) => suite.cases);
    const content = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xmlText(input.report.run.eval)}" ${totals(all)}>\n${body}</testsuites>\n`;
    return [{ file: 'junit.xml', content }];
  },
};

function gateCases({ report }: ReportInput): Case[] {
  return report.gates.map((gate) => {
    const unit = unitOf(report, gate.metric);
    const rule = gateRuleWords(gate.rule, unit);
    const name = `${gate.metric} of ${gate.by.arm} (${gate.by.provider}): ${rule}`;
    if (gate.passed) return { name, className: 'gates' };
    const message = `${gateValueText(gate.value, unit)}, wanted ${rule}`;
    return { name, className: 'gates', problem: { element: 'failure', type: 'gate', message } };
  });
}

async function cellCases(input: ReportInput, listed: number): Promise<Case[]> {
  const { report } = input;
  const verdict = verdictOf(report);
  const whole: Case = { name: 'run is complete', className: 'cells' };
  if (!verdict.complete) whole.problem = { element: 'error', type: 'incomplete', message: verdict.cells };
  const cases = [whole];
  const { failed, refused } = report.counts.cells;
  const wanted = Math.min(failed, listed);
  if (wanted > 0) {
    // Cells without an answer take a part of the transcripts at most, refused ones among them.
    for await (const transcript of input.transcripts(Math.min(mostRead, 4 * (wanted + refused)))) {
      const failure = failedCase(transcript);
      if (failure) cases.push(failure);
      if (cases.length > wanted) break;
    }
  }
  const more = failed - (cases.length - 1);
  if (more > 0) {
    const name = `${countOf(more, 'more failed cell')}`;
    cases.push({ name, className: 'cells', problem: { element: 'error', type: 'failed', message: name } });
  }
  return cases;
}

function failedCase(transcript: Transcript): Case | null {
  const { outcome } = transcript;
  if (outcome.kind !== 'failed') return null;
  const who = transcript.persona ? `, persona ${transcript.persona.id}` : '';
  const name = `cell ${transcript.cell}: ${String(transcript.item.id)}${who}, ${transcript.arm}, ${transcript.provider}`;
  const message = `step ${outcome.step}: ${outcome.message} (${countOf(outcome.attempts, 'attempt')})`;
  return { name, className: 'cells', problem: { element: 'error', type: outcome.reason, message } };
}

function totals(cases: Case[]): string {
  const of = (element: string) => cases.filter((one) => one.problem?.element === element).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}"`;
}

function suiteXml(name: string, cases: Case[]): string {
  return `  <testsuite name="${name}" ${totals(cases)}>\n${cases.map(caseXml).join('')}  </testsuite>\n`;
}

function caseXml({ name, className, problem }: Case): string {
  const open = `    <testcase name="${xmlText(name)}" classname="${className}"`;
  if (!problem) return `${open}/>\n`;
  const { element, type, message } = problem;
  return `${open}>\n      <${element} type="${xmlText(type)}" message="${xmlText(message)}"/>\n    </testcase>\n`;
}
