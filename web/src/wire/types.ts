/** The shapes that cross the wire. Ids are strings, times are milliseconds UTC. */

export type Id = string;

export type Card = {
  id: Id;
  kind: "member" | "contact" | "gone";
  name: string;
  headline: string;
  handle: string | null;
  degree: 0 | 1 | 2 | 3 | null;
  mutuals: number | null;
  open_to: string[];
};

export type Me = {
  id: Id;
  name: string;
  handle: string;
  headline: string;
  email: string;
  verified: boolean;
  language: "en" | "fr";
  theme: "auto" | "light" | "dark";
  density: "comfortable" | "compact";
  shortcuts: boolean;
};

/** Conversations waiting in each place; `invitations` counts people. */
export type Counts = {
  inbox: number;
  unread: number;
  archived: number;
  spam: number;
  promotions: number;
  requests: number;
  drafts: number;
  all: number;
  invitations: number;
};

export type Place = "inbox" | "archived" | "spam" | "promotions" | "requests";

export type Row = {
  id: Id;
  kind: "direct" | "group";
  source: "entregent" | "linkedin";
  title: string | null;
  people: Id[];
  size: number;
  last_seq: number;
  read_seq: number;
  last_at: number;
  last_author_id: Id | null;
  snippet: string;
  unread: boolean;
  view: Place;
  draft: string | null;
  writable: boolean;
};

export type Attachment = { name: string; url: string | null };

export type Message = {
  id: Id;
  conversation_id: Id;
  seq: number;
  author_id: Id | null;
  author_name: string | null;
  at: number;
  text: string;
  client_id: string | null;
  subject: string | null;
  attachments: Attachment[];
  kind: "text" | "note" | "system";
};

export type Inbox = { rows: Row[]; cards: Card[]; next: string | null; total: number };

export type Host = { name: string; demo: boolean; sign_up: "open" | "closed" };

export type Boot = {
  me: Me | null;
  host: Host;
  cursor: string;
  counts: Counts | null;
  inbox: Inbox | null;
};

export type Participant = {
  id: Id;
  kind: "member" | "contact" | "unknown";
  name: string | null;
  role: "owner" | "member";
  joined_at: number;
};

export type ConversationDetail = { row: Row; participants: Participant[]; cards: Card[] };

export type MessagePage = {
  messages: Message[];
  cards: Card[];
  first_seq: number;
  last_seq: number;
};

export type SearchHit = { message: Message; row: Row; ranges: [number, number][] };

export type SearchPage = { hits: SearchHit[]; cards: Card[]; next: string | null; total: number };

export type PeoplePage = { people: Card[]; next: string | null };

export type Mark = "read" | "unread" | "archived" | "inbox" | "spam";

export type ErrorBody = {
  error: { code: string; message: string; field: string | null; retry_after: number | null };
};

export type ImportProgress = {
  id: Id;
  file_name: string;
  state: "reading" | "done" | "refused" | "undone" | "undoing";
  progress: { done: number; total: number };
  started_at: number;
  finished_at: number | null;
  totals: Record<string, unknown> | null;
  refusal: { code: string; message: string } | null;
};

export type MessageSent = {
  type: "message.sent";
  message: Message;
  row: Row;
  delta: Partial<Counts>;
  cards: Card[];
};
export type ConversationChanged = {
  type: "conversation.changed";
  row: Row;
  delta: Partial<Counts>;
  cards: Card[];
};
export type ConversationRemoved = { type: "conversation.removed"; id: Id; delta: Partial<Counts> };
export type InboxRefreshed = { type: "inbox.refreshed" };
export type MeChanged = { type: "me.changed"; me: Me };
export type ConnectionMade = { type: "connection.made"; card: Card };
export type ConnectionEnded = { type: "connection.ended"; id: Id };
export type InvitationReceived = {
  type: "invitation.received";
  invitation: Record<string, unknown>;
  card: Card;
};
export type InvitationSettled = { type: "invitation.settled"; id: Id };
export type ImportProgressed = { type: "import.progressed"; import: ImportProgress };
export type SessionEnded = { type: "session.ended"; id: Id };

export type LogEvent =
  | MessageSent
  | ConversationChanged
  | ConversationRemoved
  | InboxRefreshed
  | MeChanged
  | ConnectionMade
  | ConnectionEnded
  | InvitationReceived
  | InvitationSettled
  | ImportProgressed
  | SessionEnded;
