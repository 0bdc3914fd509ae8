import { type Locale, useLocale } from "../kit/i18n.svelte.ts";
import { visitor } from "./visitor.ts";

/** The language of the pages before signing in; it becomes the account's at sign-up. */
export async function speak(language: Locale): Promise<void> {
  await useLocale(language);
  visitor.write({ language });
}
