/** One profile on screen; one's own is changed here, seen at once. */
import { api, type Refused } from "../ports/api.ts";
import { outbox } from "../ports/outbox.ts";
import type { Change, Profile } from "./model.ts";

export class OneProfile {
  profile = $state.raw<Profile | null>(null);
  fault = $state.raw<unknown>(null);
  loading = $state(false);
  #handle = "";

  async load(handle: string): Promise<void> {
    if (this.profile?.handle !== handle) this.profile = null;
    this.#handle = handle;
    this.loading = true;
    this.fault = null;
    try {
      const profile = await api.get<Profile>(`/api/profiles/${encodeURIComponent(handle)}`);
      if (this.#handle === handle) this.profile = profile;
    } catch (error) {
      if (this.#handle === handle) this.fault = error;
    } finally {
      if (this.#handle === handle) this.loading = false;
    }
  }

  change(change: Change, onRefused: (refused: Refused) => void, onDone?: () => void): void {
    const before = this.profile;
    if (!before) return;
    const audiences = before.audiences ? { ...before.audiences, ...change.audiences } : null;
    outbox.mutate<Profile>({
      op: { method: "PATCH", path: "/api/profile", body: { ...change }, lane: "profile" },
      apply: () => {
        this.profile = { ...before, ...change, audiences };
      },
      revert: (refused) => {
        // Only what this change touched: a later one may have gone through.
        if (this.profile) {
          const undone = Object.fromEntries(
            Object.keys(change)
              .filter((name) => name !== "audiences")
              .map((name) => [name, before[name as keyof Profile]]),
          );
          this.profile = { ...this.profile, ...undone, audiences: before.audiences };
        }
        if (refused) onRefused(refused);
      },
      done: (answer) => {
        if (answer?.handle) this.profile = answer;
        onDone?.();
      },
    });
  }
}
