/** What is typed after a ; at the start of a word, or null. */
export function askedText(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?:^|[\s(«“"'])[;]([\p{L}\p{M}\p{N}’'-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? "";
  return { from: caret - query.length - 1, query };
}
