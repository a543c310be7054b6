/** DEL, the C1 controls and the two line separators, which `JSON.stringify` leaves as they are. */
const unescaped = /[\u007f-\u009f\u2028\u2029]/g;

/** One line of JSON that a terminal shows as text: no control character of any kind is in it as such. */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value);
  return text.replace(unescaped, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
