/** What compiled messages call: plural, select, numbers. Kept tiny: it is in the first load. */
type Parameters = Record<string, unknown>;
type Lazy = string | (() => string);
type Options = Record<string, Lazy>;

export interface Format {
  /** argument */ a(value: unknown): string;
  /** number */ n(value: unknown): string;
  /** plural */ p(value: unknown, options: Options, offset: number): string;
  /** ordinal */ o(value: unknown, options: Options, offset: number): string;
  /** select */ s(value: unknown, options: Options): string;
}

export type Compiled = string | ((parameters: Parameters, format: Format) => string);

const read = (option: Lazy | undefined): string =>
  typeof option === "function" ? option() : (option ?? "");

/** French knows "many" (un million d’euros), which catalogues seldom spell out. */
function pick(options: Options, rules: Intl.PluralRules, value: number, offset: number): string {
  const exact = options[`=${value}`];
  return read(exact ?? options[rules.select(value - offset)] ?? options["other"]);
}

export function formatsFor(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const ordinals = new Intl.PluralRules(locale, { type: "ordinal" });
  const n = (value: unknown): string => numbers.format(Number(value));
  return {
    a: (value) => (typeof value === "number" ? n(value) : String(value ?? "")),
    n,
    p: (value, options, offset) => pick(options, plurals, Number(value), offset),
    o: (value, options, offset) => pick(options, ordinals, Number(value), offset),
    s: (value, options) => read(options[String(value)] ?? options["other"]),
  };
}
