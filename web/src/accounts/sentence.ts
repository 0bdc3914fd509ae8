import { t } from "../kit/i18n.svelte.ts";
import { Refused } from "../ports/api.ts";

/** What went wrong, in the server's words where it has said something. */
export function sentence(error: unknown): string {
  return error instanceof Refused ? error.message : t("accounts.unreachable");
}
