/** What being told needs besides the page: sound, this device, and where a click on it leads. */
import { navigate } from "../kit/router/router.svelte.ts";
import { clock } from "../ports/clock.ts";
import { live } from "../ports/live.ts";
import { session } from "../ports/session.svelte.ts";
import { keepSubscribed } from "./device.svelte.ts";
import { ring } from "./sound.ts";
import { ways } from "./ways.svelte.ts";

/** To be called once a member is in. */
export function begin(): () => void {
  const ends = [
    live.on("message.sent", ({ message, row }) => {
      if (message.author_id === session.me?.id || row.view !== "inbox" || !row.unread) return;
      if (row.notify === "none" || (row.notify === "mentions" && !row.mentioned)) return;
      if (ways.settings) ring(ways.settings, clock.now());
    }),
  ];
  const go = ({ data }: MessageEvent<{ kind?: string; path?: string }>) => {
    if (data?.kind === "go" && data.path?.startsWith("/")) void navigate(data.path);
  };
  navigator.serviceWorker?.addEventListener("message", go);
  ends.push(() => navigator.serviceWorker?.removeEventListener("message", go));
  // The frame comes first; whether to make a sound is soon enough known.
  const timer = setTimeout(() => {
    void ways.load();
    void keepSubscribed();
  }, 2_000);
  ends.push(() => clearTimeout(timer));
  return () => {
    for (const end of ends) end();
  };
}
