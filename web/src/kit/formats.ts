/** What compiled messages call: plural, select, numbers. Kept tiny: it is in the first load. */
type Parameters = Record<string, unknown>;
type Lazy = string | (() => string);
type Options = Record<string, Lazy>;

export interface Format {
  /** argument */ a(value: unknown): string;
  /** number */ n(value: unknown): string;
  /** plural */ p(value: unknown, options: Options): string;
  /** select */ s(value: unknown, options: Options): string;
}

export type Compiled = string | ((parameters: Parameters, format: Format) => string);

const read = (option: Lazy | undefined): string =>
  typeof option === "function" ? option() : (option ?? "");

/** French knows "many" (un million d’euros), which catalogues seldom spell out. */
function pick(options: Options, rules: Intl.PluralRules, value: number): string {
  return read(options[`=${value}`] ?? options[rules.select(value)] ?? options["other"]);
}

export function formatsFor(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const n = (value: unknown): string => numbers.format(Number(value));
  return {
    a: (value) => (typeof value === "number" ? n(value) : String(value ?? "")),
    n,
    p: (value, options) => pick(options, plurals, Number(value)),
    s: (value, options) => read(options[String(value)] ?? options["other"]),
  };
}
