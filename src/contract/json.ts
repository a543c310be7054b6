/** A value that JSON can hold. `undefined` never occurs; absence is a missing key. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object: free-form fields of items, arms and personas. */
export type JsonObject = { [key: string]: Json };
