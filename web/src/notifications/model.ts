/** What is held of the bell, and how the log changes it: as on the server. */
import type { LogEvent, Notice } from "../wire/types.ts";

export type Held = { bell: number; notices: Notice[] };

/** Newest first; ids made in the same moment by their number. */
function newest(a: Notice, b: Notice): number {
  return (
    b.at - a.at ||
    (a.id.length === b.id.length ? (a.id < b.id ? 1 : -1) : b.id.length - a.id.length)
  );
}

export function apply(held: Held, event: LogEvent): Held {
  switch (event.type) {
    case "notice.told": {
      const others = held.notices.filter((one) => one.id !== event.notice.id);
      return { bell: event.bell, notices: [event.notice, ...others].sort(newest) };
    }
    case "notice.taken":
      return { bell: event.bell, notices: held.notices.filter((one) => one.id !== event.id) };
    case "notices.seen":
      return {
        bell: event.bell,
        notices: held.notices.map((one) =>
          one.at <= event.upto && !one.seen ? { ...one, seen: true } : one,
        ),
      };
    case "notices.read":
      return { bell: event.bell, notices: marked(held.notices, event.ids, event.read) };
    default:
      return held;
  }
}

/** Some notices (all where `ids` is null) as read, or as to be read again. */
export function marked(notices: Notice[], ids: string[] | null, read: boolean): Notice[] {
  const some = ids && new Set(ids);
  return notices.map((one) =>
    !some || some.has(one.id) ? { ...one, read, seen: one.seen || read } : one,
  );
}
