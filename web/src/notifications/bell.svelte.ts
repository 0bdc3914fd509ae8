/** How many people there is unseen news of: all that the frame needs to know. */
import { live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";

let count = $state(0);

export const bell = {
  get count(): number {
    return count;
  },
  set count(people: number) {
    count = people;
  },
};

live.on("*", (event) => {
  if ("bell" in event) count = event.bell;
});
session.onEntered(({ counts }) => {
  count = counts?.bell ?? 0;
});
