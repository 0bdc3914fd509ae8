import { describe, expect, it } from "vitest";
import { type Block, blocksOf, type Node, nodesOf, onlyEmoji, plain } from "./format.ts";
import { displayable } from "./safe.ts";

/** A tree as one line, to be compared at a glance. */
function shown(nodes: Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "text") return node.text;
      if (node.kind === "bold") return `<b>${shown(node.nodes)}</b>`;
      if (node.kind === "italic") return `<i>${shown(node.nodes)}</i>`;
      if (node.kind === "code") return `<c>${node.text}</c>`;
      if (node.kind === "link") return `<a>${node.text}</a>`;
      return `<m${node.id}>${node.name}</m>`;
    })
    .join("");
}

const drawn = (text: string): string => shown(nodesOf(text));
const kinds = (text: string): Block["kind"][] => blocksOf(text).map((block) => block.kind);

describe("inline formatting", () => {
  it.each([
    ["plain words", "plain words"],
    ["a *bold* word", "a <b>bold</b> word"],
    ["_so_ it is", "<i>so</i> it is"],
    ["*_both_*", "<b><i>both</i></b>"],
    ["_*both* here_", "<i><b>both</b> here</i>"],
    ["run `a * b * c` now", "run <c>a * b * c</c> now"],
    ["(*bold*), really", "(<b>bold</b>), really"],
    ["« *gras* » !", "« <b>gras</b> » !"],
    ["*l’été* et _l’hiver_", "<b>l’été</b> et <i>l’hiver</i>"],
  ])("%s", (text, wanted) => expect(drawn(text)).toBe(wanted));

  it.each([
    "2 * 3 * 4",
    "2*3*4 = 24",
    "snake_case_name",
    "* not bold *",
    "*open",
    "close*",
    "**",
    "****",
    "__init__",
    "a ` b",
    "*over\ntwo lines*",
    "mail me @ noon",
    "@[nobody](member:x)",
  ])("leaves %j as it was typed", (text) => expect(drawn(text)).toBe(text));

  it("finds addresses and keeps the sentence's signs out of them", () => {
    expect(drawn("See https://example.org/a_b_c.")).toBe("See <a>https://example.org/a_b_c</a>.");
    expect(drawn("(https://en.wikipedia.org/wiki/A_(b))")).toBe(
      "(<a>https://en.wikipedia.org/wiki/A_(b)</a>)",
    );
    expect(drawn("*https://example.org*")).toBe("<b><a>https://example.org</a></b>");
    expect(drawn("javascript:alert(1) data:text/html,x")).toBe(
      "javascript:alert(1) data:text/html,x",
    );
  });

  it("tells what names the host, as it was typed", () => {
    const at = (text: string) => nodesOf(text).find((node) => node.kind === "link")?.at;
    expect(at("https://Example.org.")).toBe("example.org");
    expect(at("https://exаmple.org/login")).toBe("exаmple.org");
    expect(at("https://bank.example@evil.example/?a")).toBe("bank.example@evil.example");
  });

  it("finds mentions", () => {
    expect(drawn("Ask @[Zoé Haddad](member:12), *@[Ben](member:7)*")).toBe(
      "Ask <m12>Zoé Haddad</m>, <b><m7>Ben</m></b>",
    );
  });
});

describe("blocks", () => {
  it("parts lists, quotes, code and text", () => {
    const text =
      "Plan:\n- one\n- *two*\n\n> as you\n> said\n1. first\n2. second\n```\nx = *1*\n```\nEnd";
    expect(kinds(text)).toEqual(["text", "list", "quote", "list", "code", "text"]);
    const [, bullets, , numbers, code] = blocksOf(text);
    expect(bullets?.kind === "list" && bullets.items.map(shown)).toEqual(["one", "<b>two</b>"]);
    expect(numbers?.kind === "list" && numbers.start).toBe(1);
    expect(code?.kind === "code" && code.text).toBe("x = *1*");
  });

  it("drops the name of a code's language, and takes code on one line", () => {
    expect(blocksOf("```python\nprint()\n```")).toEqual([{ kind: "code", text: "print()" }]);
    expect(blocksOf("```a = 1```")).toEqual([{ kind: "code", text: "a = 1" }]);
  });

  it.each(["```", "```\nopen", "- ", "1.", "-5 degrees", "3.5 litres"])("leaves %j", (text) =>
    expect(blocksOf(text)).toEqual([{ kind: "text", nodes: [{ kind: "text", text }] }]),
  );

  it("takes hostile text in time that grows with its length", () => {
    const start = performance.now();
    for (const sign of ["*", "_", "`", "*a ", "_*", "`*_", "> ", "- ", "```\n", "https://", "@["])
      blocksOf(sign.repeat(8_000).slice(0, 8_000));
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

describe("display", () => {
  it("takes out what turns or hides, and no letter of any script", () => {
    expect(displayable("photo\u202egpj.exe")).toBe("photogpj.exe");
    expect(displayable("a\u200bb\ufeffc\u2066d")).toBe("abcd");
    for (const text of ["👩‍💻 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "می‌خواهم", "नमस्ते", "שָׁלוֹם", "Việt Nam", "日本語"])
      expect(displayable(text)).toBe(text);
  });

  it("cuts piles of marks", () => {
    expect(displayable(`Z${"\u0301".repeat(400)}algo`).length).toBeLessThan(20);
  });

  it("says a text without its signs", () => {
    expect(plain("*Hi* @[Ben](member:7)\n- one\n- two")).toBe("Hi @Ben one two");
  });

  it("knows emoji alone", () => {
    expect(onlyEmoji("👍🏽")).toBe(true);
    expect(onlyEmoji("👩‍💻🎉")).toBe(true);
    expect(onlyEmoji("🇫🇷 🏴󠁧󠁢󠁷󠁬󠁳󠁿")).toBe(true);
    expect(onlyEmoji("👍👍👍👍")).toBe(false);
    expect(onlyEmoji("1")).toBe(false);
    expect(onlyEmoji("ok 👍")).toBe(false);
  });
});
