/** Which of many names is meant by a few letters: uFuzzy, then what was used lately. */
import uFuzzy from "@leeoniya/ufuzzy";

const fuzzy = new uFuzzy({ intraMode: 1, interIns: Number.POSITIVE_INFINITY });

export interface Ranked {
  index: number;
  /** [from, to, from, to …] in the text. */
  ranges: number[];
}

export function rank(haystack: string[], needle: string): Ranked[] {
  const plain = uFuzzy.latinize(haystack) as string[];
  const [indexes, info, order] = fuzzy.search(plain, uFuzzy.latinize([needle])[0] ?? "", 1);
  if (!indexes) return [];
  if (!info || !order) return indexes.map((index) => ({ index, ranges: [] }));
  return order.map((at) => ({
    index: info.idx[at] as number,
    ranges: (info.ranges[at] ?? []) as number[],
  }));
}

const STORED = "entregent.used";
const HALF_LIFE = 7 * 86_400_000;

/** Often and lately used things first: each use counts half after a week. */
export const used = {
  read(): Record<string, { weight: number; at: number }> {
    try {
      return JSON.parse(localStorage.getItem(STORED) ?? "{}");
    } catch {
      return {};
    }
  },
  weight(id: string, now = Date.now()): number {
    const one = used.read()[id];
    return one ? one.weight * 0.5 ** ((now - one.at) / HALF_LIFE) : 0;
  },
  note(id: string, now = Date.now()): void {
    const all = used.read();
    all[id] = { weight: used.weight(id, now) + 1, at: now };
    localStorage.setItem(STORED, JSON.stringify(all));
  },
};
