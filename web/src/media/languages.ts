/** Languages that a film can be in, named in the reader's own. */
const CODES = [
  "ar",
  "bg",
  "ca",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "et",
  "fi",
  "fr",
  "he",
  "hi",
  "hr",
  "hu",
  "id",
  "it",
  "ja",
  "ko",
  "lt",
  "lv",
  "nb",
  "nl",
  "pl",
  "pt",
  "ro",
  "ru",
  "sk",
  "sl",
  "sr",
  "sv",
  "th",
  "tr",
  "uk",
  "vi",
  "zh",
];

/** As a line of its own: with a capital, as both our languages begin one. */
export function languageName(code: string, locale: string): string {
  let name: string | undefined;
  try {
    name = new Intl.DisplayNames(locale, { type: "language" }).of(code);
  } catch {
    // Not a language's code: said as it is.
  }
  const said = name ?? code;
  return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1);
}

/** To choose from; one that is in use stands among them even if we would not have thought of it. */
export function languageOptions(
  locale: string,
  ...used: string[]
): { value: string; label: string }[] {
  return [...new Set([...CODES, ...used.filter(Boolean)])]
    .map((value) => ({ value, label: languageName(value, locale) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
