/** The peer of reading a list: bare csv-parse, with nothing done to its rows. Usage: bare.mjs LIST */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let seen = 0;
for await (const record of createReadStream(process.argv[2]).pipe(parse())) seen += Array.isArray(record) ? 1 : 0;
process.stdout.write(`${seen}\n`);
