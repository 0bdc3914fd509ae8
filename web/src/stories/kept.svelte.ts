/** What stays on a profile: read, kept, called otherwise, taken away. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { api } from "../ports/api.ts";
import { outbox } from "../ports/outbox.ts";
import type { Id } from "../wire/words.ts";
import type { Item } from "./model.ts";
import type { Source } from "./player.svelte.ts";
import type { FrameRef, Highlight, HighlightDone, HighlightFrames, Highlights } from "./told.ts";

export const MOST_KEPT = 100;
export const MOST_TITLE = 80;
/** What is taken from the profile can be put back so long. */
const UNDO_MS = 6_000;
/** Where taking away waits. */
export const LANE = "highlights";

export async function highlightsOf(handle: string): Promise<Highlight[]> {
  const { highlights } = await api.get<Highlights>(`/api/profiles/${handle}/highlights`);
  return highlights;
}

export const framesOf = (author: Id, id: Id): Promise<HighlightFrames> =>
  api.get<HighlightFrames>(`/api/highlights/${author}/${id}`);

export async function keep(title: string, frames: FrameRef[]): Promise<Highlight> {
  const { highlight } = await api.post<HighlightDone>("/api/highlights", { title, frames });
  return highlight;
}

export async function alter(
  id: Id,
  change: { title?: string; frames?: FrameRef[] },
): Promise<Highlight> {
  const { highlight } = await api.patch<HighlightDone>(`/api/highlights/${id}`, change);
  return highlight;
}

/** Those that are kept already, then the others. */
export async function addTo(author: Id, id: Id, frames: FrameRef[]): Promise<Highlight> {
  const { frames: kept } = await framesOf(author, id);
  const refs = kept.map(({ story_id, frame }) => ({ story_id, frame_id: frame.id }));
  const known = (one: FrameRef): boolean =>
    refs.some((ref) => ref.story_id === one.story_id && ref.frame_id === one.frame_id);
  return alter(id, { frames: [...refs, ...frames.filter((one) => !known(one))] });
}

/** Gone at once, and from the server when that is no longer taken back. */
export function takeAway(one: Highlight, out: () => void, back: () => void): void {
  const write = outbox.mutate({
    op: {
      method: "DELETE",
      path: `/api/highlights/${one.id}`,
      body: {},
      lane: LANE,
      holdMs: UNDO_MS,
    },
    apply: out,
    revert: back,
  });
  notify(t("stories.kept_gone", { title: one.title }), { undo: () => write.cancel() });
}

/** Each frame as of a story that is over: nothing of it is new, nothing is answered any more. */
const itemsOf = ({ frames }: HighlightFrames, author: Id): Item[] =>
  frames.map(({ story_id, published_at, frame }, index) => ({
    index,
    frame,
    story: {
      id: story_id,
      author_id: author,
      kind: "moment",
      prompt: null,
      published_at,
      expires_at: published_at,
      state: "archived",
      frames: [frame],
      seen: 1,
      may_reply: false,
      replies: null,
      audience: null,
      viewers: null,
      completed: null,
      refusals: [],
    },
  }));

/** For the player: one highlight, of one author. */
export function sourceOfKept(id: Id): Source {
  let found = $state.raw<Item[] | null>(null);
  return {
    all: () => found,
    open: async (author) => {
      found = itemsOf(await framesOf(author, id), author);
    },
  };
}
