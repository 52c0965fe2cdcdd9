// To be imported before all else by whoever has a process of its own.
import { tendHeap } from './heap.js';

tendHeap();
