/** Stories on their way: the composer is closed, the files go up, then the story is published. */
import { t } from "../kit/i18n.svelte.ts";
import { notify } from "../kit/toasts.svelte.ts";
import { uploads } from "../media/uploads.svelte.ts";
import { clock } from "../ports/clock.ts";
import { drafts } from "../ports/drafts.ts";
import { outbox } from "../ports/outbox.ts";
import { session } from "../ports/session.svelte.ts";
import type { Id } from "../wire/words.ts";
import { type DraftFrame, type Kept, readKept, STORY, sentFrame } from "./composer/piece.ts";
import { audienceOf, type Ways } from "./composer/ways.ts";

type Args = { frames: DraftFrame[]; ways: Ways };
type Waiting = { key: string; args: Args; refused: string | null };
/** For the own ring: how far it is, from 0 to 1, or why it was refused. */
export type Publishing = { key: string; frames: number; progress: number; refused: string | null };

let waiting = $state.raw<Waiting[]>([]);

const filesOf = (frames: DraftFrame[]): string[] => frames.flatMap((one) => one.file ?? []);

function progressOf(frames: DraftFrame[]): number {
  const files = filesOf(frames).map((key) => uploads.find(key));
  const size = files.reduce((sum, one) => sum + (one?.size ?? 0), 0);
  const sent = files.reduce(
    (sum, one) => sum + (one?.state === "there" ? one.size : (one?.sent ?? 0)),
    0,
  );
  return size ? Math.min(1, sent / size) : 0;
}

export const publishing = {
  get list(): Publishing[] {
    return waiting.map(({ key, args, refused }) => ({
      key,
      frames: args.frames.length,
      progress: progressOf(args.frames),
      refused,
    }));
  },
};

outbox.verb<Args, unknown>("stories.publish", {
  keepsRefused: true,
  ready(op) {
    const { frames, ways } = op.args;
    if (op.body["frames"]) return null;
    return uploads.settled(filesOf(frames)).then((names) => {
      const media = new Map(filesOf(frames).map((key, at): [string, Id] => [key, names[at] ?? ""]));
      op.body = {
        ...op.body,
        kind: ways.kind,
        prompt_id: ways.prompt,
        audience: audienceOf(ways),
        replies: ways.replies,
        hours: ways.hours,
        frames: frames.map((one) => sentFrame(one, media)),
      };
    });
  },
  apply({ client_id, args }) {
    const others = waiting.filter((one) => one.key !== client_id);
    waiting = [...others, { key: client_id, args, refused: null }];
  },
  revert({ client_id }, refused) {
    waiting = refused
      ? waiting.map((one) => (one.key === client_id ? { ...one, refused: refused.message } : one))
      : waiting.filter((one) => one.key !== client_id);
  },
  done({ client_id, args }) {
    waiting = waiting.filter((one) => one.key !== client_id);
    uploads.arrived(filesOf(args.frames));
    notify(t("stories.composer_published"));
  },
});

/** From here on it survives a reload and a network that comes and goes. */
export function publish(frames: DraftFrame[], ways: Ways): Promise<unknown> {
  const write = { method: "POST", path: "/api/stories", lane: "stories.publish" } as const;
  return outbox.do<Args>("stories.publish", write, { frames, ways }).saved;
}

/** What was refused is in the composer again: before what lies there now. */
export async function takeBack(): Promise<void> {
  const member = session.me?.id;
  const refused = waiting.filter((one) => one.refused !== null);
  if (!member || !refused.length) return;
  await uploads.load();
  const now = readKept(drafts.get(member, STORY)?.text);
  const frames = refused.flatMap((one) => one.args.frames);
  const ways = now?.ways ?? refused[0]?.args.ways;
  if (!ways) return;
  const kept: Kept = { frames: [...frames, ...(now?.frames ?? [])].slice(0, 20), at: 0, ways };
  drafts.put(member, STORY, { text: JSON.stringify(kept), at: clock.now() });
  uploads.leave(filesOf(frames), false);
  for (const one of refused) outbox.discard(one.key);
  waiting = waiting.filter((one) => one.refused === null);
}
