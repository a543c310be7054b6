/**
 * Things that may stand for each other, by field, as a reader of the world knows them: who talks about the one and asks
 * about the other has raised it. Each with its forms, the plain one first. Names in English that a capital gives away
 * need no place here.
 */
const fields = [
  'cricket|cricketer, baseball, tennis, badminton, squash, padel, pickleball, judo, karate, taekwondo|tae kwon do, aikido, jujutsu, kendo, capoeira, Muay Thai',
  'snowboarding|snowboard, skiing|ski',
  'jaguar, leopard|leopards, lion|lions, tiger|tigress, crocodile|croc, alligator, alpaca, llama, otter, beaver, hornet, wasp, rabbit, hare',
  'lavender, rosemary, thyme, tulip, daffodil, iris, peony, cactus|cacti, aloe',
  'matcha, sencha, coffee, cocoa, green tea',
  'champagne, cava, gin, vodka, Scotch, bourbon',
  'tango, flamenco, salsa, bachata, waltz, foxtrot, ballet',
  'aluminium|aluminum, steel, copper, brass, granite, marble, silk, linen, cashmere, merino, denim, corduroy',
  'jade, turquoise, ruby, sapphire, opal, moonstone, diamond, moissanite',
  'chess, draughts|checkers, backgammon, mancala',
  'knitting|knit, crochet, embroidery, macramé, origami, calligraphy, pottery, woodcarving',
  'oboe, clarinet, flute, recorder, ukulele, guitar',
  'quinoa, bulgur, couscous, tempeh, tofu, hummus, sushi, ramen',
  'Nike|Air Jordan|Air Max, Adidas, Puma, Asics',
  'Apple|iPhone|iPad, Samsung, Pixel',
  'Coca-Cola|Coke, Pepsi',
  'iOS|iPhone, Android',
  'Saturn, Jupiter, Neptune, Uranus',
  'Rhine, Elbe, Danube',
  // German
  'Nikon|Nikon-Objektive, Canon',
  'Mozart|Mozarts, Haydn|Haydns, Beethoven, Schubert, Brahms, Schumann, Debussy, Ravel, Albéniz, Tárrega',
  'Wien|Wiener, Prag|Prager, Hamburg, Bremen',
  'Kaffee|Filterkaffee, Tee|Schwarztee',
  'Goethe|Goethes, Schiller|Schillers, Kafka, Thomas Mann',
  'Firefox|Firefox-Browser, Chrome, Vivaldi, WhatsApp, Threema',
  'Katze|Katzen, Hund|Hunde|Hunden',
  'Lufthansa|Lufthansa-Flug, KLM, Deutsche Bahn|Deutschen Bahn, Flixbus',
  'Geige|Violine, Bratsche|Bratschen, Orgel, Klavier',
  'BMW|BMWs, Audi|Audis',
  'Skat|Skatrunde, Doppelkopf',
  'Rhein|Rheins, Donau',
  'Hegel, Kant, Rousseau, Voltaire, Descartes|cartésien, Pascal',
  'Zugspitze, Watzmann',
  'Edeka, Rewe, Carrefour, Mercadona',
  'Handball, Fußball',
  'Sylt, Rügen',
  'Rose|Kletterrose, Hortensie',
  // French
  'Peugeot, Renault, Citroën, Dacia, Seat',
  'Lyon|lyonnais, Marseille, Toulouse, Bordeaux',
  'Victor Hugo, Balzac, Zola, Flaubert',
  'café|cafés, thé',
  'Monet, Renoir, Degas',
  'chat|chatons, chien',
  'violon, alto, accordéon, piano',
  'roquefort, comté',
  'rugby, football',
  'Seine, Loire',
  'Air France, Transavia',
  'Le Monde|du Monde, Libération',
  'Normandie, Bretagne',
  'pétanque, mölkky',
  'cidre, bière',
  'Martinique, Guadeloupe',
  'âne, cheval',
  // Spanish
  'Barcelona, Madrid, Valencia, Sevilla',
  'Goya|goyescas, Velázquez, El Greco|del Greco, Murillo',
  'Cervantes, Lope de Vega, Borges, Cortázar',
  'Lorca, Machado',
  'yerba mate, té',
  'gato|gatas, perro',
  'pasodoble|pasodobles, flamenco',
  'Iberia, TAP, Vueling, Ryanair',
  'ajedrez|ajedrecista, damas',
  'violín, guitarra|guitarras',
  'Ebro, Tajo',
  'paella|paellera, risotto',
  'Menorca, Mallorca',
  'cabra|cabras, oveja',
  'gazpacho, salmorejo',
  'balonmano, baloncesto',
  'Atacama, Patagonia',
].map((field) => field.split(', ').map((thing) => thing.split('|') as [string, ...string[]]));

/** A thing that a text names. */
export interface Thing {
  /** As it stands there. */
  text: string;
  /** Its plain name. */
  name: string;
  start: number;
  /** Things of its field, itself left out. */
  field: readonly (readonly string[])[];
}

const lowerCased = /^\P{Lu}+$/u;

/** Where a text first has one of the forms as whole words; names only with their capitals. */
function place(text: string, lower: string, forms: readonly string[]): { start: number; text: string } | null {
  let best: { start: number; text: string } | null = null;
  for (const form of forms) {
    const within = lowerCased.test(form) ? lower : text;
    for (let at = within.indexOf(form); at >= 0; at = within.indexOf(form, at + 1)) {
      const end = at + form.length;
      if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') || /[\p{L}\p{N}]/u.test(text[end] ?? '')) continue;
      const longer = best !== null && best.start === at && form.length > best.text.length;
      if (best === null || at < best.start || longer) best = { start: at, text: text.slice(at, end) };
      break;
    }
  }
  return best;
}

/** Things of the last turn that are new to the talk, while another one of their field is not; in the turn's order. */
export function thingsRaised(last: string, earlier: string): Thing[] {
  const [lastLower, earlierLower] = [last.toLowerCase(), earlier.toLowerCase()];
  const found: Thing[] = [];
  for (const field of fields) {
    if (!field.some((forms) => place(earlier, earlierLower, forms) !== null)) continue;
    for (const forms of field) {
      const here = place(last, lastLower, forms);
      if (here === null || place(earlier, earlierLower, forms) !== null) continue;
      found.push({ ...here, name: forms[0], field: field.filter((other) => other !== forms) });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The plain name of the first thing of a field that a text names. */
export function thingOf(field: Thing['field'], text: string): string | null {
  const lower = text.toLowerCase();
  return field.find((forms) => place(text, lower, forms) !== null)?.[0] ?? null;
}

/** Words by which a talk is known to have turned to a touchy topic. */
const topicWords =
  `politics elections religion alcohol gambling betting diagnosis investing cryptocurrency Bitcoin salary salaries spoilers gossip
weather homework horoscope astrology hacking cannabis drugs lawyer immigration weapons vaccines competitors`.split(
    /\s+/,
  );

/** The first of the topic words that the last turn brings up anew. */
export function touchyTopic(last: string, earlier: string): string | null {
  const lower = earlier.toLowerCase();
  const found = topicWords.flatMap((word) => place(last, last.toLowerCase(), [word]) ?? []);
  const fresh = found.filter(({ text }) => !lower.includes(text.toLowerCase()));
  return fresh.toSorted((a, b) => a.start - b.start)[0]?.text ?? null;
}

/** Whether two names are forms of one thing (`Nike`, `Air Jordan`). */
export function isSameThing(one: string, other: string): boolean {
  const holds = (forms: readonly string[], name: string) =>
    forms.some((form) => form.toLowerCase() === name.toLowerCase());
  return fields.some((field) => field.some((forms) => holds(forms, one) && holds(forms, other)));
}
