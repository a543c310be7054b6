/** Whether a value fits a schema. */
export type QuickCheck = (value: unknown) => boolean;

/**
 * Checks by the SHA-256 of their schema's JSON, put here by the build (`scripts/prebuilt-checks.mjs`): compiling a schema
 * takes longer than all else of a start. Unbuilt code has none, and compiles each schema that it needs.
 */
export const prebuiltChecks: { readonly [digest: string]: QuickCheck } = {};
