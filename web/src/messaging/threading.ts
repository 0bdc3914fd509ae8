/** Threads come with what shows them, or writes in them: the first page has none. */
import { inbox } from "./mailbox.svelte.ts";
import { Threads } from "./threads.ts";

inbox.threads ??= new Threads();
