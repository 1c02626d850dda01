import type { Defect } from '../../src/core/defect.js';
import type { Finding, Outcome } from '../../src/core/evidence.js';
import type { Study } from '../../src/core/study.js';
import { describe, expect, it } from 'vitest';
import { conflicts } from '../../analyzers/conflicts/index.js';
import { delayedLabels } from '../../analyzers/delayed-labels/index.js';
import { drift } from '../../analyzers/drift/index.js';
import { holes } from '../../analyzers/holes/index.js';
import { imbalance } from '../../analyzers/imbalance/index.js';
import { defects } from '../../analyzers/index.js';
import { labelDrift } from '../../analyzers/label-drift/index.js';
import { missing } from '../../analyzers/missing/index.js';
import { audit } from '../../src/audit/audit.js';
import { relate } from '../../src/audit/relate.js';
import { drawsOf, inEngine } from '../analyzers/in-engine.js';
import { hours, integers, numbers, smallStudy, texts } from '../analyzers/small-study.js';

function outcome(...findings: readonly Finding[]): Outcome {
  return { outcome: 'ok', evidence: { measurements: [], findings, flagged: null } };
}

const turned = (...columns: readonly string[]): Outcome =>
  outcome({ code: 'concept-drift.moved', severity: 'problem', args: { columns } });
const moved = (column: string): Finding => ({ code: 'drift.moved', severity: 'suspect', args: { column } });
const outage: Finding = { code: 'missing.outage', severity: 'problem', args: { column: 'price' } };

/** A click that had arrived by hour 480, with an exponential delay of 36 hours. */
function arrived(click: number, hour: number, late: number): number {
  return click === 1 && late < Math.exp(-(480 - hour) / 36) ? 0 : click;
}

function findings(outcomes: ReadonlyMap<string, Outcome>, id: string): readonly Finding[] {
  const found = outcomes.get(id);
  return found?.outcome === 'ok' ? found.evidence.findings : [];
}

describe('relate', () => {
  it('makes a note of what another finding explains, after all that nothing explains', () => {
    const found = new Map([
      ['missing', outcome(outage)],
      ['drift', outcome(moved('price'), moved('age'))],
    ]);
    const related = relate(found, defects);
    expect(findings(related, 'drift')).toEqual([
      moved('age'),
      { ...moved('price'), severity: 'note', because: [{ defect: 'missing', code: 'missing.outage' }] },
    ]);
    expect(findings(related, 'missing')).toEqual([outage]);
  });

  it('explains what is about several columns by a finding about all of them, and by no other', () => {
    const unit: Finding = { code: 'drift.unit-change', severity: 'problem', args: { column: 'price' } };
    const after = (own: Outcome): readonly Finding[] =>
      findings(
        relate(
          new Map([
            ['drift', outcome(unit)],
            ['concept-drift', own],
          ]),
          defects,
        ),
        'concept-drift',
      );
    expect(after(turned('price'))).toMatchObject([{ severity: 'note', because: [{ code: 'drift.unit-change' }] }]);
    expect(after(turned('price', 'age'))).toMatchObject([{ severity: 'problem' }]);
    expect(after(turned())).toMatchObject([{ severity: 'problem' }]);
  });

  it('leaves everything as it is where nothing is explained, and failures alone', () => {
    const failed: Outcome = { outcome: 'failed', reason: 'gone', code: 'internal' };
    const found = new Map([
      ['missing', failed],
      ['drift', outcome(moved('price'))],
    ]);
    expect(relate(found, defects)).toEqual(found);
  });
});

describe('the rules of the registry', () => {
  const rules = defects.flatMap((defect) => defect.because.map((rule) => ({ id: defect.id, ...rule })));
  const known = new Set(defects.flatMap((defect) => Object.keys(defect.sentences)));

  it('name findings that there are, each its own', () => {
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter(({ of }) => !known.has(of))).toEqual([]);
    expect(rules.filter(({ id, code }) => !known.has(code) || !code.startsWith(`${id}.`))).toEqual([]);
  });

  it('explain nothing by itself, whatever the way round', () => {
    const reaches = (from: string, to: string, seen: ReadonlySet<string> = new Set()): boolean =>
      rules.some(
        ({ code, of }) => code === from && (of === to || (!seen.has(of) && reaches(of, to, new Set([...seen, of])))),
      );
    expect(rules.filter(({ code }) => reaches(code, code))).toEqual([]);
  });
});

describe('stories that are told once', () => {
  const here = inEngine();

  const rows = 12_000;
  const draw = drawsOf(21, rows);
  const time = Array.from({ length: rows }, (_, i) => (480 * i) / rows);

  interface Log {
    readonly price?: (price: number, hour: number) => number | null;
    readonly click?: (click: number, hour: number, late: number) => number;
  }

  function log(name: string, { price = (p) => p, click = (c) => c }: Log): Promise<Study> {
    const late = draw('late');
    const columns = [
      hours('time', time),
      integers(
        'click',
        draw('click').map((u, i) => click(Number(u < 0.2), time[i]!, late[i]!)),
      ),
      numbers(
        'price',
        draw('price').map((u, i) => price(Math.round(100 * u), time[i]!)),
      ),
      numbers(
        'age',
        draw('age').map((u) => Math.round(60 * u)),
      ),
    ];
    return smallStudy(name, columns, { label: 'click', time: 'time' }, here.run);
  }

  async function severities(study: Study, ...of: readonly Defect[]): Promise<Readonly<Record<string, string>>> {
    const outcomes = await audit(study, of, here.run);
    const all = [...outcomes.values()].flatMap((o) => (o.outcome === 'ok' ? o.evidence.findings : []));
    return Object.fromEntries(
      all.map(({ code, severity, because = [] }) => [code, [severity, ...because.map((b) => b.code)].join(' < ')]),
    );
  }

  it('an outage is no drift', async () => {
    const study = await log('outage', { price: (p, hour) => (hour > 400 && hour < 470 ? null : p) });
    expect(await severities(study, missing, drift)).toMatchObject({
      'missing.outage': 'problem',
      'drift.moved': 'note < missing.outage',
    });
    expect(await severities(study, drift)).toMatchObject({ 'drift.moved': 'suspect' });
  });

  it('labels that are still to come are no label drift', async () => {
    expect(await severities(await log('delayed', { click: arrived }), labelDrift, delayedLabels)).toMatchObject({
      'delayed-labels.tail': 'problem',
      'label-drift.moved': 'note < delayed-labels.tail',
    });
  });

  it('a file of which negatives were left out is no label drift', async () => {
    const whole = await log('whole', {});
    await here.engine.write(
      { sql: 'SELECT * FROM whole WHERE c1 = 1 OR k % 4 = 0' },
      { kind: 'table', name: 'sampled' },
      here.run,
    );
    const [row] = await here.engine.rows({ sql: 'SELECT count(*) AS n FROM sampled' }, 1, here.run);
    const sampled = { ...whole.whole, name: 'sampled', rows: Number(row!['n']) };
    const study = { ...whole, whole: sampled, train: sampled, reference: whole.whole };
    expect(await severities(study, labelDrift, imbalance)).toMatchObject({
      'imbalance.sampled': 'suspect',
      'label-drift.moved': 'note < imbalance.sampled',
    });
  });

  /** Events whose features tell them apart, each with its moments and labels as they were written. */
  function written(
    name: string,
    of: (i: number) => readonly (readonly [hour: number, label: number])[],
  ): Promise<Study> {
    const all = time.flatMap((_, i) => of(i).map(([hour, label]) => ({ i, hour, label })));
    const columns = [
      hours(
        'time',
        all.map(({ hour }) => hour),
      ),
      integers(
        'click',
        all.map(({ label }) => label),
      ),
      numbers(
        'event',
        all.map(({ i }) => i),
      ),
    ];
    return smallStudy(name, columns, { label: 'click', time: 'time' }, here.run);
  }

  it('a conversion that arrives late is no conflict, and rows of one event that contradict each other are', async () => {
    const [click, late] = [draw('click'), draw('late')];
    const isClick = (i: number): boolean => click[i]! < 0.2;
    const arrives = (i: number): number => time[i]! - 36 * Math.log(1 - late[i]!);
    const stream = await written('stream', (i) => [
      [time[i]!, 0],
      ...(isClick(i) && arrives(i) < 480 ? [[arrives(i), 1] as const] : []),
    ]);
    const found = await severities(stream, conflicts, delayedLabels);
    expect(found).toMatchObject({ 'conflicts.delayed': 'note' });
    expect(Object.keys(found).filter((code) => /^conflicts\.(same|other)/.test(code))).toEqual([]);
    // The same, and labels that are still to come: one story.
    const tail = await written('stream_with_tail', (i) => {
      const label = arrived(Number(isClick(i)), time[i]!, late[i]!);
      return label === 1 && i % 10 === 0
        ? [[time[i]! - 1, 0] as const, [time[i]!, 1] as const]
        : [[time[i]!, label] as const];
    });
    expect(await severities(tail, conflicts, delayedLabels)).toMatchObject({
      'delayed-labels.tail': 'problem',
      'conflicts.delayed': 'note < delayed-labels.tail',
    });
    const contradicted = await written('contradicted', (i) =>
      i % 10 === 0
        ? [
            [time[i]!, Number(late[i]! < 0.5)],
            [time[i]! + 1, Number(late[i]! >= 0.5)],
          ]
        : [[time[i]!, 0]],
    );
    expect(await severities(contradicted, conflicts, delayedLabels)).toMatchObject({
      'conflicts.other-moment': 'suspect',
    });
  });

  it('rows of one source that were lost for days are no drift of the sources', async () => {
    const click = draw('click');
    const source = draw('source').map((u) => (u < 0.5 ? 'web' : u < 0.7 ? 'app' : 'mail'));
    const kept = time.flatMap((hour, i) => (source[i] === 'mail' && hour > 390 && hour < 470 ? [] : [i]));
    const columns = [
      hours(
        'time',
        kept.map((i) => time[i]!),
      ),
      integers(
        'click',
        kept.map((i) => Number(click[i]! < 0.2)),
      ),
      texts(
        'source',
        kept.map((i) => source[i]!),
      ),
    ];
    const study = await smallStudy('lost_source', columns, { label: 'click', time: 'time' }, here.run);
    expect(await severities(study, holes, drift)).toMatchObject({ 'drift.moved': 'note < holes.level' });
    expect(await severities(study, drift)).toMatchObject({ 'drift.moved': 'suspect' });
  });
});
