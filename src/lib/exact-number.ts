/** True for numbers that are what was written: finite, and not so large that neighbouring whole numbers are the same. */
export const isExact = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
