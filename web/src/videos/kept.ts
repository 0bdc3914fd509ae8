/** What was typed and is not sent yet. */
import { typedIn } from "../ports/typed.ts";
import type { Id } from "../wire/words.ts";

export const typed = typedIn("video");

/** Where a reply is being written: beneath the video, or beneath one of its replies. */
export const placeOf = (video: Id, parent: Id | null): string => `reply.${video}.${parent ?? ""}`;
