/** Text cut into plain parts and web addresses. */
export type Piece = { text: string; href: string | null };

const ADDRESS = /\bhttps?:\/\/[^\s<>"«»“”]+/gi;
/** What ends a sentence rather than an address. */
const TAIL = /[.,;:!?…'’)\]}]+$/;

const seen = new Map<string, Piece[]>();
const KEPT = 2_000;

function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    let address = match[0];
    const tail = TAIL.exec(address)?.[0] ?? "";
    // A closing bracket belongs to an address that has the opening one.
    const cutTail = tail.startsWith(")") && address.includes("(") ? tail.slice(1) : tail;
    address = address.slice(0, address.length - cutTail.length);
    if (!URL.canParse(address)) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null });
    pieces.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}

export function pieces(text: string): Piece[] {
  if (!text.includes("://")) return [{ text, href: null }];
  let found = seen.get(text);
  if (!found) {
    found = cut(text);
    if (seen.size > KEPT) seen.clear();
    seen.set(text, found);
  }
  return found;
}
