/** What the server tells of videos, by the names that this slice uses. */
export type {
  Card,
  LogEvent,
  Media,
  NewVideo,
  Video,
  VideoCue as Cue,
  VideoDone,
  VideoOpened,
  VideoReply as Reply,
  VideoReplyDone as ReplyDone,
  VideoSubtitles as Subtitles,
  Videos,
  VideoThread as ThreadPage,
  VideoTrack as Track,
} from "../wire/types.ts";

import type { LogEvent, Video } from "../wire/types.ts";

export type VideoEvent = Extract<LogEvent, { type: `video.${string}` }>;
export type Audience = Video["audience"];
export type Replies = Video["replies"];
