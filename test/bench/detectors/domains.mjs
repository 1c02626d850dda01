// Domains: sources in which a column means something else, in logs of sources that differ by nature.
import { domains } from '../../../dist/analyzers/domains/index.js';
import { countryLog } from './domains-countries.mjs';
import { shopLog } from './domains-shops.mjs';
import { looked, tableStudy } from './logs.mjs';

const meanings = ['domains.other-unit', 'domains.other-words', 'domains.reversed'];

async function said({ name: set, log, roles, alike }, seed, plant, engine) {
  const name = `domains_${set}_${plant}_${seed}`;
  const { evidence } = await looked(domains, engine, name, (run) => tableStudy(name, log(seed, plant), roles, run));
  const found = evidence.findings.filter(({ code }) => meanings.includes(code));
  return {
    seed,
    found: found.map(({ code, args }) => `${code} ${args.column} ${args.value}`).join(', '),
    factor: found[0]?.args.factor ?? null,
    // Columns that are alike in all sources and called different.
    alarms: evidence.findings
      .filter(({ code }) => code === 'domains.differs')
      .flatMap(({ args }) => args.columns.map((column) => column.name))
      .filter((column) => alike.includes(column)).length,
  };
}

async function lines(set, engine, say, figure) {
  const { name, says, seeds, truth } = set;
  say(`domains, ${name}: ${says}, ${seeds.length} seeds; column and source named, nothing else`);
  const figureName = (what) => (name === 'shops' ? `domains.${what}` : `domains.${name}.${what}`);
  for (const [plant, want] of Object.entries(truth)) {
    const all = [];
    for (const seed of seeds) all.push(await said(set, seed, plant, engine));
    const exact = all.filter(({ found }) => found === want).length;
    const factors = [...new Set(all.flatMap(({ factor }) => (factor === null ? [] : [factor])))];
    const told = factors.length === 0 ? '' : `, factor ${factors.join(' and ')}`;
    say(`  ${plant.padEnd(12)} ${exact} of ${seeds.length}${told}`);
    for (const { seed, found } of all) if (found !== want) say(`    seed ${seed}: ${found || 'nothing'}`);
    if (plant === 'none') {
      const alarms = all.filter((one) => one.alarms > 0).length;
      say(`    logs in which a column that is alike in all sources is called different: ${alarms} of ${seeds.length}`);
      figure(figureName('quiet'), exact / seeds.length, '>=', 1);
      figure(figureName('false-differences'), alarms / seeds.length, '<=', 0.05);
    } else figure(figureName(plant), exact / seeds.length, '>=', 0.95);
  }
}

/** The lines of domains. */
export async function sourcesOfRows(engine, say, figure) {
  await lines(shopLog, engine, say, figure);
  await lines(countryLog, engine, say, figure);
}
