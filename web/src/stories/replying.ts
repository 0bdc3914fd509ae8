/** Answers that were typed and not sent, by whom they are for. */
import { typedIn } from "../ports/typed.ts";
import type { Id } from "../wire/words.ts";

export const replies = typedIn("story.reply");

/** Where a voice for somebody lies until it is sent. */
export const placeOf = (author: Id): string => `story.reply.${author}`;
