/** Codes of a report in the member's language. */
import { type PlainKey, t } from "../kit/i18n.svelte.ts";

const IGNORED: Record<string, PlainKey> = {
  unsafe_name: "transfer.ignored_unsafe_name",
  outside: "transfer.ignored_outside",
  system_file: "transfer.ignored_system_file",
  nested_archive: "transfer.ignored_nested_archive",
  too_large: "transfer.ignored_too_large",
  empty: "transfer.ignored_empty",
  no_header: "transfer.ignored_no_header",
  not_data: "transfer.ignored_not_data",
  not_used: "transfer.ignored_not_used",
  sensitive: "transfer.ignored_sensitive",
  address_book: "transfer.ignored_address_book",
  transcript: "transfer.ignored_transcript",
  unknown: "transfer.ignored_unknown",
};
const REFUSED: Record<string, PlainKey> = {
  short_row: "transfer.refused_short_row",
  field_too_large: "transfer.refused_field_too_large",
  unclosed_quote: "transfer.refused_unclosed_quote",
};
const NOTES: Record<string, PlainKey> = {
  approximate_threads: "transfer.note_approximate_threads",
  undecodable_bytes: "transfer.note_undecodable_bytes",
  letters_repaired: "transfer.note_letters_repaired",
  saved_by_a_spreadsheet: "transfer.note_saved_by_a_spreadsheet",
  first_part: "transfer.note_first_part",
  not_shown_yet: "transfer.note_not_shown_yet",
};

export const whyIgnored = (code: string): string => t(IGNORED[code] ?? "transfer.ignored_unknown");
export const whyRefused = (code: string): string => t(REFUSED[code] ?? "transfer.refused_other");
export const noteText = (code: string): string | null => {
  const key = NOTES[code];
  return key ? t(key) : null;
};
