import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { domains } from '../../analyzers/domains/index.js';
import { missing } from '../../analyzers/missing/index.js';
import { createRandom } from '../../src/core/random.js';
import { audit } from '../../src/library.js';
import { inFolder } from '../cli/assay.js';

/** Rows of three shops; in the smallest, prices are a hundredfold and one in five cells of `rating` is empty. */
function csv(): string {
  const random = createRandom(4).fork('shops');
  const draw = (name: string, i: number): number => random.fork(name).at(i);
  const lines = Array.from({ length: 6000 }, (_, i) => {
    const shop = draw('shop', i) < 0.5 ? 'Graz' : draw('shop', i) < 0.85 ? 'Oslo' : 'Ulm';
    const price = Math.round(100 * Math.exp(2 + draw('price', i) + draw('price 2', i))) / (shop === 'Ulm' ? 1 : 100);
    const rating = shop === 'Ulm' && draw('empty', i) < 0.2 ? '' : Math.floor(10 * draw('rating', i));
    return [Number(draw('click', i) < 0.2), shop, price, rating].join(',');
  });
  return `click,shop,price,rating\n${lines.join('\n')}\n`;
}

it('tells by domain what each defect flags, and not once more what is about domains anyway', async () => {
  await inFolder(async (folder) => {
    const train = path.join(folder, 'shops.csv');
    await writeFile(train, csv());
    const out = path.join(folder, 'out');
    const { report } = await audit({ train, label: 'click', domain: 'shop', defects: [domains, missing], out });
    const [ofDomains, ofMissing] = report.defects;
    expect(ofDomains!.findings).toContainEqual(expect.objectContaining({ code: 'domains.other-unit' }));
    expect(ofDomains!.rows!.flagged).toBeGreaterThan(500);
    expect(ofDomains).not.toHaveProperty('domains');
    expect(ofMissing!.domains![0]).toMatchObject({ slice: 'shop = Ulm', share: 1 });
  });
});
