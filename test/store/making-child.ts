/** Holds the write lock of an empty file for a moment, as who makes a store does, and says when it has it. */
import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [path = ''] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec('BEGIN IMMEDIATE');
writeSync(1, 'making\n');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
database.exec('COMMIT');
database.close();
