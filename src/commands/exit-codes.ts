/** What a script may rely on. */
export const exitCodes = {
  complete: 0,
  defect: 1,
  badInput: 2,
  incomplete: 3,
  gateMissed: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
