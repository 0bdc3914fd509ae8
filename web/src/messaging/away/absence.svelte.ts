/** Whether the member is away, and what is said meanwhile; the same on all devices. */
import { t } from "../../kit/i18n.svelte.ts";
import { notify } from "../../kit/toasts.svelte.ts";
import { api } from "../../ports/api.ts";
import { clock } from "../../ports/clock.ts";
import { live } from "../../ports/live.ts";
import { outbox } from "../../ports/outbox.ts";
import { session } from "../../ports/session.svelte.ts";
import type { Absence, AbsenceNow } from "../../wire/types.ts";

/** Timers of browsers go no further. */
const FARTHEST_MS = 2 ** 31 - 1;
const LANE = "absence";
export type Written = Omit<Absence, "id" | "since"> & { since: number | null; id?: string };

class Away {
  known = $state.raw<AbsenceNow | null>(null);
  fault = $state.raw<unknown>(null);
  #at = $state(clock.now());
  #timer: ReturnType<typeof setTimeout> | undefined;

  get absence(): Absence | null {
    const { absence } = this.known ?? { absence: null };
    return absence && absence.until > this.#at ? absence : null;
  }

  /** The one that is on now. */
  get on(): Absence | null {
    const { absence } = this;
    return absence && absence.since <= this.#at ? absence : null;
  }

  async load(): Promise<void> {
    try {
      this.take(await api.get<AbsenceNow>("/api/absence"));
      this.fault = null;
    } catch (error) {
      this.fault = error;
    }
  }

  take(known: AbsenceNow): void {
    this.known = known;
    this.#look();
  }

  /** Beginning and end come by themselves. */
  #look(): void {
    clearTimeout(this.#timer);
    const now = clock.now();
    this.#at = now;
    const { absence } = this;
    if (!absence) return;
    const next = absence.since > now ? absence.since : absence.until;
    this.#timer = setTimeout(() => this.#look(), Math.min(next - now + 1, FARTHEST_MS));
  }

  async change(written: Written): Promise<void> {
    this.take(await api.put<AbsenceNow>("/api/absence", written));
  }

  /** The member is back. Undone, nobody is answered a second time. */
  end(): void {
    const { absence, known } = this;
    if (!absence || !known) return;
    outbox.mutate({
      op: { method: "DELETE", path: "/api/absence", lane: LANE },
      apply: () => this.take({ absence: null, answered: 0 }),
      revert: () => this.take(known),
    });
    notify(t("messaging.away_ended"), { undo: () => this.#goOn(absence, known) });
  }

  #goOn(absence: Absence, known: AbsenceNow): void {
    outbox.mutate<AbsenceNow>({
      op: { method: "PUT", path: "/api/absence", body: { ...absence }, lane: LANE },
      apply: () => this.take(known),
      revert: () => this.take({ absence: null, answered: 0 }),
      done: (answer) => this.take(answer),
    });
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.known = null;
  }
}

export const away = new Away();
live.on("absence.changed", ({ absence }) => {
  const same = absence && away.known?.absence?.id === absence.id;
  away.take({ absence, answered: same ? (away.known?.answered ?? 0) : 0 });
});
live.onReset(async () => {
  if (away.known) await away.load();
});
session.onLeft(() => away.clear());
