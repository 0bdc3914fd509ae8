/** A steady hue for an id, so that a person keeps a colour everywhere and on every device. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  // 24 steps of 15 degrees: neighbours in a list differ visibly or not at all.
  return ((hash >>> 8) % 24) * 15;
}

/** "Ana María López" → "AL"; "李小龙" → "李"; an e-mail address → its first letter. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*/, "")
    .split(/[\s\u00a0\u202f]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ""))
    .filter(Boolean);
  const first = words[0];
  if (!first) return "?";
  const letter = (word: string): string => [...word.normalize("NFC")][0] ?? "";
  const last = words.length > 1 ? letter(words[words.length - 1] ?? "") : "";
  const initials = letter(first) + last;
  return /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]+$/u.test(initials)
    ? initials.toLocaleUpperCase()
    : letter(first);
}
