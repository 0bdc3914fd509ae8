/** Signs of formatting put around, or before, what is selected in a field; pure. */
export type Field = { text: string; start: number; end: number };
/** What to put in place of [from, to), and what is selected then. */
export type Change = { from: number; to: number; put: string; start: number; end: number };
export type Markup = "bold" | "italic" | "code" | "list" | "numbers" | "quote";

const SIGNS = { bold: "*", italic: "_", code: "`" };

export function marked(field: Field, how: Markup): Change {
  if (how === "bold" || how === "italic") return around(field, SIGNS[how]);
  if (how === "code")
    return field.text.slice(field.start, field.end).includes("\n")
      ? fence(field)
      : around(field, SIGNS.code);
  return lines(field, how);
}

function around({ text, start, end }: Field, sign: string): Change {
  // Blanks stay outside: a sign beside one would not count.
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const to = Math.max(from, end - (chosen.length - chosen.trimEnd().length));
  const inner = text.slice(from, to);
  if (text[from - 1] === sign && text[to] === sign)
    return { from: from - 1, to: to + 1, put: inner, start: from - 1, end: to - 1 };
  if (inner.length > 2 && inner.startsWith(sign) && inner.endsWith(sign))
    return { from, to, put: inner.slice(1, -1), start: from, end: to - 2 };
  return { from, to, put: `${sign}${inner}${sign}`, start: from + 1, end: to + 1 };
}

function fence({ text, start, end }: Field): Change {
  const before = start > 0 && text[start - 1] !== "\n" ? "\n" : "";
  const after = end < text.length && text[end] !== "\n" ? "\n" : "";
  const inner = text.slice(start, end);
  const put = `${before}\`\`\`\n${inner}\n\`\`\`${after}`;
  const begin = start + before.length + 4;
  return { from: start, to: end, put, start: begin, end: begin + inner.length };
}

function lines({ text, start, end }: Field, how: "list" | "numbers" | "quote"): Change {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const all = text.slice(from, to).split("\n");
  const sign = { list: /^- /, numbers: /^\d+\. /, quote: /^> / }[how];
  const there = all.every((line) => sign.test(line));
  const put = all
    .map((line, at) => {
      if (there) return line.replace(sign, "");
      return `${how === "list" ? "- " : how === "quote" ? "> " : `${at + 1}. `}${line}`;
    })
    .join("\n");
  const grown = put.length - (to - from);
  if (start === end) return { from, to, put, start: end + grown, end: end + grown };
  return { from, to, put, start: from, end: to + grown };
}

/** A new line in a list goes on with the list; in an empty item it ends it. */
export function continued({ text, start, end }: Field): Change | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(from, start);
  const found = /^(- |> |(\d{1,4})\. )(.*)$/.exec(line);
  if (!found) return null;
  const [, sign = "", number, rest] = found;
  if (!rest) return { from, to: start, put: "", start: from, end: from };
  const put = `\n${number ? `${Number(number) + 1}. ` : sign}`;
  return { from: start, to: start, put, start: start + put.length, end: start + put.length };
}
