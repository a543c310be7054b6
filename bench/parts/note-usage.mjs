/**
 * Loaded into a measured process (`--import`): at its end it appends one line with its CPU seconds and peak memory to
 * the file that BENCH_USAGE names. Processes that it starts inherit this and add lines of their own.
 */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.BENCH_USAGE;
if (isMainThread && file !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    appendFileSync(
      file,
      `${JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakRssMb: maxRSS / 1024 })}\n`,
    );
  });
}
