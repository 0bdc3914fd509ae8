/** What the server tells of stories, by the names that this slice uses. */
export type {
  FrameRef,
  Highlight,
  HighlightDone,
  HighlightFrames,
  Highlights,
  KeptFrame,
  LogEvent,
  Media,
  Story,
  StoryAnswer as Given,
  StoryAnswers as Givens,
  StoryArchive,
  StoryFrame as Frame,
  StoryReplied,
  StoryRow,
  StorySettings,
  StorySticker as Sticker,
  StoryViewer as Viewer,
  StoryViewers as Viewers,
  Teller,
  Told,
} from "../wire/types.ts";

import type { LogEvent } from "../wire/types.ts";

export type StoryEvent = Extract<LogEvent, { type: `story.${string}` | `stories.${string}` }>;
