// One process of the test of merged states: `node half.js DATA SQL` runs SQL in an engine of its own.
import { rmSync } from 'node:fs';
import { Session } from 'chdb';

const [data, sql] = process.argv.slice(2);
const session = new Session(data);
process.stdout.write(session.query(sql, 'JSONEachRow'));
session.cleanup?.();
rmSync(data, { recursive: true, force: true });
