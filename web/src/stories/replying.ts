/** Answers that were typed and not sent, by whom they are for. */
import { typedIn } from "../ports/typed.ts";

export const replies = typedIn("story.reply");
