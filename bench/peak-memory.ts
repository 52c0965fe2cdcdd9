import { writeFileSync } from 'node:fs';

// Loaded into a process with --import: leaves the process's peak memory, in KiB, in a file.
const file = process.env.PEAK_MEMORY_FILE;
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
