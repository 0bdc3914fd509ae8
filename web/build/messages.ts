/** Turns ICU messages into JavaScript and into types; pure, so that the tests can call it. */
import {
  type MessageFormatElement,
  type PluralElement,
  parse,
  TYPE,
} from "@formatjs/icu-messageformat-parser";

export type Catalogue = Record<string, string>;

/** Parameter name → TypeScript type. */
export type Parameters = Map<string, string>;

/** What a sentence of ours must not contain, so that nobody has to remember it. */
const TYPOGRAPHY: Record<string, [RegExp, string][]> = {
  "*": [
    [/'/, "a straight apostrophe (write ’)"],
    [/\.\.\./, "three dots (write …)"],
    [/ {2}|^\s|\s$/, "stray white space"],
  ],
  fr: [
    [
      /(?<=[\p{L}\p{N}}»)])[ \u00a0]?[;:!?»](?!\/\/|\d)/u,
      "no narrow no-break space (U+202F) before ; : ! ? »",
    ],
    [/«(?!\u202f)/u, "no narrow no-break space (U+202F) after «"],
  ],
};

/** Only what a reader sees: without the keywords and braces of arguments. */
function visibleText(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal) return [element.value];
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return Object.values(element.options).flatMap((option) => visibleText(option.value));
    return ["}"];
  });
}

export function typographyFaults(locale: string, message: string): string[] {
  const text = visibleText(parse(message)).join("");
  return [...(TYPOGRAPHY["*"] ?? []), ...(TYPOGRAPHY[locale] ?? [])]
    .filter(([pattern]) => pattern.test(text))
    .map(([, fault]) => fault);
}

export function parametersOf(message: string): Parameters {
  const found: Parameters = new Map();
  const visit = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      switch (element.type) {
        case TYPE.argument:
          if (!found.has(element.value)) found.set(element.value, "string | number");
          break;
        case TYPE.number:
          found.set(element.value, "number");
          break;
        case TYPE.plural:
          found.set(element.value, "number");
          for (const option of Object.values(element.options)) visit(option.value);
          break;
        case TYPE.select: {
          const names = Object.keys(element.options);
          const type = names.includes("other")
            ? "string"
            : names.map((name) => JSON.stringify(name)).join(" | ");
          found.set(element.value, type);
          for (const option of Object.values(element.options)) visit(option.value);
          break;
        }
        case TYPE.tag:
          throw new Error(`tags are not used in messages: <${element.value}>`);
        default:
      }
    }
  };
  visit(parse(message));
  return found;
}

function pluralCode(element: PluralElement): string {
  const options = Object.entries(element.options).map(
    ([name, option]) => `${JSON.stringify(name)}:${partsCode(option.value, element)}`,
  );
  if (element.pluralType === "ordinal" || element.offset)
    throw new Error("ordinals and offsets are not used in messages");
  return `f.p(${valueCode(element.value)},{${options.join(",")}})`;
}

const valueCode = (name: string): string => `p[${JSON.stringify(name)}]`;

function elementCode(element: MessageFormatElement, plural: PluralElement | null): string {
  switch (element.type) {
    case TYPE.literal:
      return JSON.stringify(element.value);
    case TYPE.argument:
      return `f.a(${valueCode(element.value)})`;
    case TYPE.number:
      return `f.n(${valueCode(element.value)})`;
    case TYPE.pound: {
      if (!plural) throw new Error("# outside of a plural");
      return `f.n(${valueCode(plural.value)})`;
    }
    case TYPE.plural:
      return pluralCode(element);
    case TYPE.select: {
      const options = Object.entries(element.options).map(
        ([name, option]) => `${JSON.stringify(name)}:${partsCode(option.value, plural)}`,
      );
      return `f.s(${valueCode(element.value)},{${options.join(",")}})`;
    }
    default:
      throw new Error("tags, dates and times are not used in messages");
  }
}

/** Options are lazy (`()=>…`) only where they hold something to compute. */
function partsCode(elements: MessageFormatElement[], plural: PluralElement | null): string {
  const code = elements.map((element) => elementCode(element, plural)).join("+") || '""';
  return elements.every((element) => element.type === TYPE.literal) ? code : `()=>${code}`;
}

/** A string literal for a plain message, else a function of parameters and formatters. */
export function messageCode(message: string): string {
  const elements = parse(message);
  if (elements.every((element) => element.type === TYPE.literal))
    return JSON.stringify(elements.map((element) => (element as { value: string }).value).join(""));
  return `(p,f)=>${elements.map((element) => elementCode(element, null)).join("+")}`;
}

export function catalogueCode(catalogue: Catalogue): string {
  const entries = Object.entries(catalogue).map(
    ([key, message]) => `${JSON.stringify(key)}:${messageCode(message)}`,
  );
  return `export default {\n${entries.join(",\n")}\n};\n`;
}

/** Keys and parameters of every locale must be the same; each fault is one sentence. */
export function catalogueFaults(catalogues: Record<string, Catalogue>): string[] {
  const faults: string[] = [];
  const [first, ...others] = Object.keys(catalogues);
  if (!first) return ["there is no catalogue"];
  for (const [locale, catalogue] of Object.entries(catalogues)) {
    for (const [key, message] of Object.entries(catalogue)) {
      try {
        for (const fault of typographyFaults(locale, message))
          faults.push(`${locale}: ${key} has ${fault}`);
        parametersOf(message);
      } catch (error) {
        faults.push(`${locale}: ${key} cannot be read: ${(error as Error).message}`);
      }
    }
  }
  if (faults.length) return faults;
  const reference = catalogues[first] as Catalogue;
  for (const locale of others) {
    const catalogue = catalogues[locale] as Catalogue;
    for (const key of Object.keys(reference))
      if (!(key in catalogue)) faults.push(`${locale}: ${key} is missing`);
    for (const [key, message] of Object.entries(catalogue)) {
      const original = reference[key];
      if (original === undefined) faults.push(`${first}: ${key} is missing`);
      else {
        const here = [...parametersOf(message).keys()].sort().join(", ");
        const there = [...parametersOf(original).keys()].sort().join(", ");
        if (here !== there)
          faults.push(`${key} has {${there}} in ${first}, {${here}} in ${locale}`);
      }
    }
  }
  return faults;
}

export function catalogueTypes(catalogue: Catalogue): string {
  const lines = Object.entries(catalogue).map(([key, message]) => {
    const parameters = [...parametersOf(message)].map(
      ([name, type]) => `${JSON.stringify(name)}: ${type}`,
    );
    const type = parameters.length ? `{ ${parameters.join("; ")} }` : "null";
    return `    ${JSON.stringify(key)}: ${type};`;
  });
  return [
    "// Generated from the en.json files: do not edit.",
    'declare module "virtual:catalogues" {',
    "  export interface Messages {",
    ...lines,
    "  }",
    "  type Load = () => Promise<{ default: Record<string, unknown> }>;",
    '  export const catalogues: Record<"en" | "fr", { first: Load; rest: Load }>;',
    "}",
    "",
  ].join("\n");
}
