// Run by `npm test` in this folder, after `npm install` here and a build of the package.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import dfd from 'danfojs-node';
import { createDuckDb, createRun, fromDanfo, toDanfo } from '../../../dist/src/index.js';

void test('a DataFrame goes into the engine and comes back the same', async () => {
  const engine = await createDuckDb();
  const run = createRun({ engine });
  const columns = { price: [1.5, null, 3], name: ['a', 'b "quoted"', null], seen: [true, false, true] };
  const relation = await fromDanfo(new dfd.DataFrame(columns), 'from_danfo', run);
  const back = await toDanfo(dfd, relation, run);
  assert.deepEqual(back.columns, ['price', 'name', 'seen']);
  assert.deepEqual(dfd.toJSON(back, { format: 'row' }), columns);
  await run.close();
  await engine.close();
});

void test('a relation larger than allowed is refused with the rows it has', async () => {
  const engine = await createDuckDb();
  const run = createRun({ engine });
  const relation = await fromDanfo(new dfd.DataFrame({ x: [1, 2, 3] }), 'small', run);
  await assert.rejects(toDanfo(dfd, relation, run, 2), /at least 3/);
  await run.close();
  await engine.close();
});
