/** What keeps a form from being sent, in our words beneath the field: not in a bubble of the browser's. */
import { t } from "./i18n.svelte.ts";

/** For `oninvalid`: the words to show. The first field that is wrong takes the focus. */
export function wrong(event: Event & { currentTarget: HTMLInputElement }): string {
  event.preventDefault();
  const field = event.currentTarget;
  if (field.form?.querySelector("input:invalid") === field) field.focus();
  if (field.validity.valueMissing) return t("kit.wrong_missing");
  return field.type === "url" ? t("kit.wrong_url") : t("kit.wrong_email");
}
