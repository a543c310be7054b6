/** What is wrong with a persona's text; `line` counts from 1 within the text. */
export interface TextFault {
  line: number;
  message: string;
  hint: string;
}

/** A persona's text taken apart. */
export interface PersonaText {
  /** In the order of the text; names as they are written. */
  attributes: { [attribute: string]: string };
  faults: TextFault[];
}

const EACH = 'each line is "name: value", such as "age: 34"';

/**
 * Reads the form in which the PERSONA set holds a persona: one `name: value` line an attribute. Only the first colon of a
 * line separates; blank lines are passed over; unknown names are kept.
 */
export function readPersonaText(text: string): PersonaText {
  const attributes: { [attribute: string]: string } = {};
  const faults: TextFault[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon === -1 ? 0 : colon).trim();
    const fault = (message: string, hint: string) => faults.push({ line: index + 1, message, hint });
    if (colon === -1) fault(`"${shortened(line)}" has no colon`, EACH);
    else if (name === '') fault(`"${shortened(line)}" has no name before its colon`, EACH);
    else if (name === '__proto__') fault('an attribute must not be called __proto__', 'choose another name');
    else if (Object.hasOwn(attributes, name)) fault(`"${name}" stands there twice`, 'keep one of the two lines');
    else attributes[name] = line.slice(colon + 1).trim();
  }
  if (Object.keys(attributes).length === 0 && faults.length === 0) {
    faults.push({ line: 1, message: 'the text is empty', hint: 'fill it, or leave the row out' });
  }
  return { attributes, faults };
}

const shortened = (line: string): string => (line.trim().length > 60 ? `${line.trim().slice(0, 59)}…` : line.trim());
