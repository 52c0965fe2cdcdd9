// Measures the relay that stands for a home line: npm run bench:line

import { homeLine } from './line/line.js';
import { checkLine } from './line/line-check.js';
import { lineCheckTable } from './line/line-check-table.js';
import { presence } from './presence.js';

const hasCurl = presence(['curl']).present.length > 0;
process.stdout.write(lineCheckTable(await checkLine(homeLine, hasCurl)));
