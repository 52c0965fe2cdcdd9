#!/usr/bin/env node
import { runBuiltScript } from './built-script.js';
import { setV8Flags } from './v8-flags.js';

setV8Flags();
// The help text needs a small part of the code that is kept, and V8 reads the whole of a file.
const isHelp = process.argv.slice(2).some((word) => ['--help', '-h', 'help'].includes(word));
runBuiltScript('program', isHelp ? 'help' : 'program');
