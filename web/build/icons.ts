/** `lucide-static/icons/NAME.svg?path` → the icon as one path, so that an icon costs one node. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);

function circle(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
}

function rectangle(x: number, y: number, w: number, h: number, r: number): string {
  if (!r) return `M${x} ${y}h${w}v${h}h${-w}z`;
  const arc = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return (
    `M${x + r} ${y}h${w - 2 * r}${arc(r, r)}v${h - 2 * r}${arc(-r, r)}` +
    `h${2 * r - w}${arc(-r, -r)}v${2 * r - h}${arc(r, -r)}z`
  );
}

export function svgToPath(svg: string): string {
  const parts: string[] = [];
  for (const [, tag, text] of svg.matchAll(/<(path|circle|ellipse|rect|line|poly\w+)\s([^>]*)>/g)) {
    const at = Object.fromEntries(
      [...(text ?? "").matchAll(/([\w-]+)="([^"]*)"/g)].map((m) => [m[1], m[2] as string]),
    );
    const number = (name: string): number => Number(at[name] ?? 0);
    if (tag === "path") {
      const d = at["d"] ?? "";
      // A path that begins relatively would begin where the one before it ended.
      parts.push(d.startsWith("m") ? `M0 0${d}` : d);
    } else if (tag === "circle")
      parts.push(circle(number("cx"), number("cy"), number("r"), number("r")));
    else if (tag === "ellipse")
      parts.push(circle(number("cx"), number("cy"), number("rx"), number("ry")));
    else if (tag === "rect")
      parts.push(
        rectangle(
          number("x"),
          number("y"),
          number("width"),
          number("height"),
          number("rx") || number("ry"),
        ),
      );
    else if (tag === "line")
      parts.push(`M${number("x1")} ${number("y1")}L${number("x2")} ${number("y2")}`);
    else parts.push(`M${at["points"]}${tag === "polygon" ? "z" : ""}`);
  }
  return parts.join("");
}

export function icons(): Plugin {
  return {
    name: "entregent-icons",
    enforce: "pre",
    resolveId(id) {
      return id.endsWith(".svg?path") ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith("\0") || !id.endsWith(".svg?path")) return null;
      const file = require.resolve(id.slice(1, -"?path".length));
      return `export default ${JSON.stringify(svgToPath(readFileSync(file, "utf8")))};`;
    },
  };
}
