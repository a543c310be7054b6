import v8 from 'node:v8';

/** From here on the young generation does not grow; V8 would go on to three times 32 MB. */
const youngBytes = 6 << 20;
const lookEveryMs = 25;

/**
 * Keeps memory where the work needs it. A run's live heap stays at some 30 MB however many cells it has, but V8 lets
 * garbage pile up to several times that before it collects, because it takes a big machine for leave to use it.
 * The flags are read at each collection, so they may be set while running. They cost no measurable time.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString('--heap-growing-percent=50');
  const timer = setInterval(() => {
    const young = v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    if (young !== undefined && young.space_size < youngBytes) return;
    clearInterval(timer);
    v8.setFlagsFromString('--semi-space-growth-factor=1');
  }, lookEveryMs);
  timer.unref();
}
