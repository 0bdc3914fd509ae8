/** The views that a member has, in order, with their names and counts. */
import archive from "lucide-static/icons/archive.svg?path";
import clock from "lucide-static/icons/clock.svg?path";
import box from "lucide-static/icons/folder.svg?path";
import hourglass from "lucide-static/icons/hourglass.svg?path";
import inboxIcon from "lucide-static/icons/inbox.svg?path";
import filter from "lucide-static/icons/list-filter.svg?path";
import mail from "lucide-static/icons/mail.svg?path";
import megaphone from "lucide-static/icons/megaphone.svg?path";
import messages from "lucide-static/icons/messages-square.svg?path";
import ban from "lucide-static/icons/octagon-alert.svg?path";
import pencil from "lucide-static/icons/pencil.svg?path";
import reply from "lucide-static/icons/reply.svg?path";
import star from "lucide-static/icons/star.svg?path";
import userPlus from "lucide-static/icons/user-round-plus.svg?path";
import { t } from "../../kit/i18n.svelte.ts";
import { isFixed } from "../address.ts";
import { inbox } from "../mailbox.svelte.ts";
import { type Fixed, VIEWS, type View } from "../model.ts";

export type Listed = {
  view: View;
  name: string;
  count: number;
  /** Its count is a number of conversations that wait. */
  numbered: boolean;
  icon: string;
  color?: number;
  group: "views" | "boxes" | "labels" | "filters";
};

const ICONS: Record<Fixed, string> = {
  inbox: inboxIcon,
  unread: mail,
  awaiting_me: reply,
  awaiting_them: hourglass,
  snoozed: clock,
  starred: star,
  drafts: pencil,
  archived: archive,
  requests: userPlus,
  promotions: megaphone,
  spam: ban,
  all: messages,
};
/** Of what is no task only the tooltip says how much there is. */
const SIZES = new Set<View>(["archived", "promotions", "spam", "all"]);
/** Shown though they are empty: the ones that everybody looks for. */
const KNOWN = new Set<View>(["inbox", "unread", "awaiting_me", "archived", "all"]);

export function nameOfView(view: View): string {
  if (isFixed(view)) return t(`messaging.view_${view}`);
  const [kind, id] = view.split(":");
  const { labels, boxes, filters } = inbox.sets;
  const sets = kind === "label" ? labels : kind === "box" ? boxes : filters;
  return sets.find((one) => one.id === id)?.name ?? "…";
}

export function allViews(): Listed[] {
  const { labels, boxes, filters } = inbox.sets;
  const fixed = (view: Fixed): Listed => ({
    view,
    name: nameOfView(view),
    count: inbox.count(view),
    numbered: !SIZES.has(view),
    icon: ICONS[view],
    group: "views",
  });
  const own = (view: View, name: string, icon: string, group: Listed["group"]): Listed => ({
    view,
    name,
    count: inbox.count(view),
    numbered: true,
    icon,
    group,
  });
  return [
    ...VIEWS.map(fixed),
    ...boxes.map((one) => own(`box:${one.id}`, one.name, box, "boxes")),
    ...labels.map((one) => ({
      ...own(`label:${one.id}`, one.name, "", "labels"),
      color: one.color,
    })),
    ...filters.map((one) => own(`filter:${one.id}`, one.name, filter, "filters")),
  ];
}

/** What is empty is not in the way; a saved view is, for its name is a question. */
export function shownViews(current: View): Listed[] {
  return allViews().filter(
    ({ view, count, group }) =>
      count > 0 || KNOWN.has(view) || group === "filters" || view === current,
  );
}

const ROW: View[] = ["inbox", "unread", "awaiting_me", "awaiting_them"];

/** As tabs: first what is to be done, then what the member made, then the rest. */
export function tabs(current: View): Listed[] {
  const rank = ({ view, group }: Listed): number =>
    ROW.includes(view) ? 0 : group === "views" ? 2 : 1;
  return shownViews(current)
    .map((one, at) => ({ one, at }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.at - b.at)
    .map(({ one }) => one);
}
