/** Plain values for tests. */
import type { Message, Row } from "../wire/types.ts";

export function row(fields: Partial<Row> = {}): Row {
  return {
    id: "1",
    kind: "direct",
    source: "entregent",
    title: null,
    people: ["9"],
    size: 2,
    last_seq: 3,
    read_seq: 3,
    last_at: 1_000,
    last_author_id: "9",
    snippet: "Hello",
    unread: false,
    view: "inbox",
    draft: null,
    writable: true,
    starred: false,
    notify: "all",
    snoozed_until: null,
    remind_at: null,
    returned: null,
    held: null,
    awaiting: null,
    mentioned: false,
    labels: [],
    box: null,
    last_media: null,
    sort_at: fields.last_at ?? 1_000,
    ...fields,
  };
}

export function message(seq: number, fields: Partial<Message> = {}): Message {
  return {
    id: String(100 + seq),
    conversation_id: "1",
    seq,
    author_id: "9",
    at: seq * 1_000,
    text: `m${seq}`,
    client_id: null,
    subject: null,
    attachments: [],
    kind: "text",
    edited_at: null,
    deleted: false,
    quote: null,
    forwarded: null,
    reactions: [],
    mentions: [],
    previews: [],
    doubts: [],
    ...fields,
  };
}
