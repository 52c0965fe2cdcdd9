// To be imported before all else by a program that has a process of its own.
import { setV8Flags } from './v8-flags.js';

setV8Flags();
