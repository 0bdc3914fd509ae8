/** A form at the door: busy while it is sent, the server's sentence where it belongs. */
import { t } from "../kit/i18n.svelte.ts";
import { safeNext } from "../kit/router/paths.ts";
import { navigate, router } from "../kit/router/router.svelte.ts";
import { api, Refused } from "../ports/api.ts";
import { session } from "../ports/session.svelte.ts";
import type { Boot } from "../wire/types.ts";

export class Entering {
  busy = $state(false);
  /** The host has suspended the account: the reasons are for who knows its password. */
  suspended = $state(false);
  /** Not about one field. */
  error = $state<string | null>(null);
  fields = $state.raw<Record<string, string>>({});

  async send(path: string, body: Record<string, unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    this.fields = {};
    try {
      const boot = await api.post<Boot>(path, body);
      await session.enter(boot);
      await navigate(safeNext(router.query.get("next")), { replace: true });
    } catch (error) {
      this.suspended = error instanceof Refused && error.code === "accounts.suspended";
      if (error instanceof Refused && error.field) this.fields = { [error.field]: error.message };
      else this.error = error instanceof Refused ? error.message : t("accounts.unreachable");
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
      );
    } finally {
      this.busy = false;
    }
  }

  /** Opens the decision by which the member cannot come in. */
  async explain(known: Record<string, unknown>): Promise<void> {
    try {
      const { token } = await api.post<{ token: string }>("/api/decision/key", known);
      await navigate(`/decisions?token=${encodeURIComponent(token)}`);
    } catch (error) {
      this.error = error instanceof Refused ? error.message : t("accounts.unreachable");
    }
  }
}
