/** What others wrote, fit to be shown: nothing turns the page around, hides or piles up. */

/** Overrides of direction, which let a text read other than it is, and marks that nobody sees. */
const HIDDEN = /[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\u{e0001}]/gu;
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
/** More marks on one letter than any script needs climb over the lines above. */
const PILE = /(\p{M}{6})\p{M}+/gu;
const PLAIN = /^[\t\n\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u202f]*$/;

/** The text without what only harms; letters, emoji and every script stay as they are. */
export function displayable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\r\n?/g, "\n").replace(HIDDEN, "").replace(CONTROLS, "").replace(PILE, "$1");
}
