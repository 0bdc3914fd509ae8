/** The door for other folders: the state, with the writes that an earlier page load left unsent. */
import "./actions.ts";
import "./changing.ts";
import "./drafting.ts";
import "./hearing.ts";
import "./presence.svelte.ts";
import "./sending.ts";

export { inbox } from "./mailbox.svelte.ts";
