import { writeFileSync } from 'node:fs';

// Loaded with --import: when the process exits, its peak memory in KiB is written to a file.
const file = process.env.PEAK_MEMORY_FILE;
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
