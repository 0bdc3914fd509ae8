/** Which of a few lines are meant by what is typed. */
type Named = { text: string; always?: boolean };

export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** Those that begin with it first, then those with a word that does, then those that hold it. */
export function found<L extends Named>(lines: L[], typed: string): L[] {
  const wanted = plain(typed);
  if (!wanted) return lines;
  const rank = (line: L): number => {
    const text = plain(line.text);
    if (line.always) return 2.5;
    if (text.startsWith(wanted)) return 0;
    if (text.split(/[\s\-’'/]+/).some((word) => word.startsWith(wanted))) return 1;
    return text.includes(wanted) ? 2 : 3;
  };
  return lines
    .map((line, index) => ({ line, index, rank: rank(line) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map((one) => one.line);
}
