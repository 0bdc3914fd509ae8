/** What is worth knowing of an invitation at a glance, the most telling first. */
import { t } from "../../kit/i18n.svelte.ts";
import type { One } from "./words.ts";

export interface Mark {
  key: string;
  text: string;
  tone: "plain" | "close" | "warn";
}

/** Why somebody says so: read beside the mark. */
export function sharedWords(one: Pick<One, "about" | "card">): string {
  const about = one.about;
  if (!about?.alike) return "";
  const count = about.alike;
  if (about.source === "archive") return t("invitations.alike_archive", { count });
  return about.by === "others"
    ? t("invitations.alike_others", { count })
    : t("invitations.alike_sender", { count, name: one.card.name });
}

export function marksOf(one: Pick<One, "about" | "card">): Mark[] {
  const about = one.about;
  if (!about) return [];
  const marks: Mark[] = [];
  const warn = (key: string, text: string) => marks.push({ key, text, tone: "warn" });
  const close = (key: string, text: string) => marks.push({ key, text, tone: "close" });
  if (about.mutuals) close("mutuals", t("invitations.mark_mutuals", { count: about.mutuals }));
  if (about.wrote === "template") warn("template", t("invitations.mark_template"));
  for (const same of about.same) close(same, t(`invitations.mark_${same}`));
  for (const mark of about.marks) warn(mark, t(`invitations.mark_${mark}`));
  return marks;
}
