/**
 * Letters of other alphabets that are drawn like a Latin letter, and Latin letters of odd shape. Chosen by eye and with
 * Unicode's confusables (UTS 39) at hand; only letters that pass for the Latin one in running text.
 */
const pairs: [from: string, to: string][] = [
  // Cyrillic
  ['АВЕЅІЈКМНОРСТУХԀԚԜҮѴӀ', 'ABESIJKMHOPCTYXDQWYVI'],
  ['аеѕіјкморстухԁԛԝһѵӏ', 'aesijkmopctyxdqwhvl'],
  // Greek
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'ABEZHIKMNOPTYXC'],
  ['αειικνορτυχωγηϲϳ', 'aeiikvoptuxwyncj'],
  // Armenian
  ['օսհ', 'ouh'],
  // Small capitals and letters of the phonetic alphabet
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ', 'abcdefghijklmnoprstuvwyzag'],
];

/** First code points of alphabets A–Z drawn in circles and squares that compatibility normalisation leaves alone. */
const enclosedAlphabets = [0x1f150, 0x1f170];

const table = new Map<string, string>();
for (const [from, to] of pairs) for (const [i, letter] of [...from].entries()) table.set(letter, to[i]!);
for (const first of enclosedAlphabets) {
  for (let i = 0; i < 26; i++) table.set(String.fromCodePoint(first + i), String.fromCharCode(65 + i));
}

const suspects = /[\u0250-\u02af\u0370-\u052f\u0561-\u0587\u1d00-\u1d22\ua730\ua731\u{1f150}-\u{1f189}]/u;

/** Whether the text holds any letter that might pass for a Latin one. */
export const mayHoldLookalikes = (text: string): boolean => suspects.test(text);

/** The Latin letter that this character passes for; the character itself if there is none. */
export const latinLookalike = (character: string): string => table.get(character) ?? character;
