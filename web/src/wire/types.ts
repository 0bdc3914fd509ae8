// Made by `script/entregent wire` from the server's own types. Do not edit.

export type About = {
  source: "member" | "archive";
  wrote: "nothing" | "personal" | "template";
  alike: number;
  by: "sender" | "others" | null;
  mutuals: number;
  same: ("organisation" | "school")[];
  marks: ("empty_profile" | "mass_inviter")[];
  closeness: number;
  state: "waiting" | "accepted" | "ignored" | "withdrawn" | "closed" | "replied" | "held" | "followed" | "unknown" | "refused" | "reported" | "blocked" | "arriving";
  replied_at: number | null;
  held: "paused" | "nobody" | "no_shared_connection" | "no_email" | "said_unknown" | null;
};

export type AccessToken = {
  id: string;
  name: string;
  scopes: ("messages.read" | "messages.write" | "network.read" | "network.write" | "profile.read" | "profile.write" | "webhooks" | "export")[];
  created_at: number;
  expires_at: number | null;
  seen_at: number | null;
};

export type AccessTokens = {
  tokens: AccessToken[];
};

export type Again = {
  client_id: string;
};

export type Allowance = {
  week: number;
  left: number;
  resets_at: number | null;
  pending: number;
  pending_most: number;
};

export type Asked = {
  invitation: Invitation | null;
  connected: boolean;
  allowance: Allowance;
};

export type Attachment = {
  name: string;
  url: string | null;
};

export type BeginConversation = {
  client_id: string;
  member_ids: string[];
  title?: string | null;
  text?: string | null;
};

export type Begun = {
  row: Row;
  message: Message | null;
  cards: Card[];
};

export type Boot = {
  me: Me | null;
  host: Host;
  cursor: string;
  counts: Counts | null;
  inbox: Inbox | null;
  desk: Desk | null;
};

export type Box = {
  id: string;
  name: string;
  position: number;
  count: number;
  unread: number;
};

export type Bulk = {
  id: string;
  mark: "read" | "unread" | "archived" | "inbox" | "spam";
  done: number;
  total: number;
  state: "running" | "done" | "stopped" | "undone";
};

export type BulkProgressed = {
  type: "bulk.progressed";
  bulk: Bulk;
  delta: Record<string, number>;
};

export type Card = {
  id: string;
  kind: "member" | "contact" | "gone";
  name: string;
  headline: string;
  handle: string | null;
  degree: number | null;
  mutuals: number | null;
  open_to: string[];
  connected_on: number | null;
};

export type CardChanged = {
  type: "card.changed";
  card: Card;
};

export type CardList = {
  cards: Card[];
};

export type CardsQuery = {
  ids: string;
};

export type Cast = {
  cast: Card[];
};

export type Closing = {
  client_id: string;
  password: string;
};

export type ConnectionEnded = {
  type: "connection.ended";
  id: string;
};

export type ConnectionMade = {
  type: "connection.made";
  card: Card;
};

export type ConnectionsRefreshed = {
  type: "connections.refreshed";
};

export type ContactDetails = {
  email: string;
  phone: string;
  address: string;
};

export type Conversation = {
  row: Row;
  participants: Participant[];
  cards: Card[];
};

export type ConversationChanged = {
  type: "conversation.changed";
  row: Row;
  delta: Record<string, number>;
  cards: Card[];
};

export type ConversationRemoved = {
  type: "conversation.removed";
  id: string;
  delta: Record<string, number>;
};

export type Counts = {
  invitations: number;
  bell: number;
  inbox: number;
  unread: number;
  awaiting_me: number;
  awaiting_them: number;
  snoozed: number;
  starred: number;
  scheduled: number;
  archived: number;
  requests: number;
  spam: number;
  promotions: number;
  drafts: number;
  all: number;
};

export type DemoState = {
  state: "offered" | "filling" | "ready" | "none";
  done: number;
  total: number;
};

export type Desk = {
  labels: Label[];
  boxes: Box[];
  filters: SavedFilter[];
};

export type DeskChanged = {
  type: "desk.changed";
  desk: Desk;
};

export type Detail = {
  text: string;
  emoji: string;
  what: string;
};

export type Done = {
  done: boolean;
};

export type Draft = {
  text: string;
  client_id?: string | null;
};

export type Education = {
  school: string;
  degree: string;
  started: string;
  ended: string;
  notes: string;
};

export type EnterAs = {
  member_id: string;
};

export type FileReport = {
  name: string;
  family: string | null;
  ignored: string | null;
  encoding: string | null;
  delimiter: string | null;
  columns: number;
  preamble_rows: number;
  rows: number;
  imported: number;
  duplicates: number;
  drafts: number;
  hidden: number;
  blank: number;
  bad_dates: number;
  refused: number;
  refused_rows: RefusedRow[];
  first: number | null;
  last: number | null;
  notes: string[];
};

export type Filter = {
  view: "inbox" | "archived" | "requests" | "spam" | "promotions" | "snoozed" | "deleted" | "all" | null;
  box: string | null;
  labels: string[] | null;
  unread: boolean | null;
  starred: boolean | null;
  awaiting: "me" | "them" | null;
  has_attachment: boolean | null;
  since: number | null;
  until: number | null;
  text: string | null;
  tags: string[] | null;
  organisation: string | null;
  degree: 1 | 2 | 3 | null;
};

export type FollowChanged = {
  type: "follow.changed";
  id: string;
  following: boolean;
};

export type Forgotten = {
  email: string;
};

export type Forwarded = {
  author_id: string | null;
  name: string;
  at: number;
};

export type FoundPeople = {
  people: Card[];
  next: string | null;
};

export type Host = {
  name: string;
  demo: boolean;
  sign_up: "open" | "closed";
};

export type Import = {
  id: string;
  file_name: string;
  state: "reading" | "done" | "refused" | "undoing" | "undone";
  progress: Progress;
  started_at: number;
  finished_at: number | null;
  totals: Record<string, unknown> | null;
  refusal: Reason | null;
};

export type ImportList = {
  imports: Import[];
};

export type ImportProgressed = {
  type: "import.progressed";
  import: Import;
};

export type ImportQuery = {
  client_id: string;
};

export type ImportReport = {
  import: Import;
  report: Report;
};

export type Inbox = {
  rows: Row[];
  next: string | null;
  total: number;
  cards: Card[];
};

export type InboxQuery = {
  view?: string;
  after?: string | null;
  limit?: number;
};

export type InboxRefreshed = {
  type: "inbox.refreshed";
};

export type Invitation = {
  id: string;
  box: "received" | "sent" | "archive";
  person_id: string;
  reason: "worked_together" | "studied_together" | "met_at_event" | "same_profession" | "customer_or_supplier" | "other";
  note: string;
  at: number;
  expires_at: number;
  about: About | null;
};

export type InvitationReceived = {
  type: "invitation.received";
  invitation: Invitation;
  card: Card;
};

export type InvitationSent = {
  type: "invitation.sent";
  invitation: Invitation;
  card: Card;
};

export type InvitationSettled = {
  type: "invitation.settled";
  id: string;
  box: "received" | "sent" | "archive";
};

export type InvitationsQuery = {
  box?: "received" | "sent" | "archive";
  after?: string;
  limit?: number;
};

export type InvitationsRefreshed = {
  type: "invitations.refreshed";
};

export type Label = {
  id: string;
  name: string;
  color: number;
  position: number;
  count: number;
};

export type LanguageSpoken = {
  name: string;
  proficiency: string;
};

export type Leave = {
  client_id: string;
};

export type Link = {
  url: string;
  label: string;
};

export type MadeToken = {
  token: AccessToken;
  secret: string;
};

export type MakeDemo = {
  client_id: string;
  small?: boolean;
};

export type MarkConversations = {
  client_id: string;
  ids: string[];
  mark: "read" | "unread" | "archived" | "inbox" | "spam";
};

export type Marked = {
  changed: number;
};

export type Me = {
  id: string;
  name: string;
  handle: string;
  headline: string;
  email: string;
  verified: boolean;
  language: "en" | "fr";
  theme: "auto" | "light" | "dark";
  density: "comfortable" | "compact";
  shortcuts: boolean;
  keys: Record<string, string>;
};

export type MeChanged = {
  type: "me.changed";
  me: Me;
};

export type Message = {
  id: string;
  conversation_id: string;
  seq: number;
  author_id: string | null;
  at: number;
  text: string;
  client_id: string | null;
  subject: string | null;
  attachments: Attachment[];
  kind: "text" | "note" | "system";
  edited_at: number | null;
  deleted: boolean;
  quote: Quote | null;
  forwarded: Forwarded | null;
  reactions: Reaction[];
  mentions: string[];
  previews: Preview[];
};

export type MessageChanged = {
  type: "message.changed";
  message: Message;
};

export type MessageHidden = {
  type: "message.hidden";
  conversation_id: string;
  seq: number;
};

export type MessageSent = {
  type: "message.sent";
  message: Message;
  row: Row;
  delta: Record<string, number>;
  cards: Card[];
};

export type Messages = {
  messages: Message[];
  first_seq: number;
  last_seq: number;
  cards: Card[];
};

export type NewEmail = {
  client_id: string;
  password: string;
  email: string;
};

export type NewInvitation = {
  client_id: string;
  member_id: string;
  reason: "worked_together" | "studied_together" | "met_at_event" | "same_profession" | "customer_or_supplier" | "other";
  note?: string;
};

export type NewPassword = {
  client_id: string;
  current: string;
  new: string;
};

export type NewToken = {
  client_id: string;
  name: string;
  scopes: ("messages.read" | "messages.write" | "network.read" | "network.write" | "profile.read" | "profile.write" | "webhooks" | "export")[];
  days?: number | null;
};

export type Notice = {
  id: string;
  kind: "mention" | "reaction" | "accepted" | "returned" | "group" | "security" | "import";
  people: string[];
  count: number;
  thing: Thing | null;
  detail: Detail;
  at: number;
  seen: boolean;
  read: boolean;
};

export type NoticeMark = {
  client_id: string;
  ids?: string[] | null;
  read?: boolean;
};

export type NoticePage = {
  notices: Notice[];
  next: string | null;
  bell: number;
  cards: Card[];
};

export type NoticeSettings = {
  ways: Record<"mention" | "reaction" | "accepted" | "returned" | "group" | "security" | "import" | "message" | "invitation", Ways>;
  quiet: Quiet;
  sound: Sound;
  show_text: boolean;
  zone: string;
};

export type NoticeTaken = {
  type: "notice.taken";
  id: string;
  bell: number;
};

export type NoticeTold = {
  type: "notice.told";
  notice: Notice;
  bell: number;
  cards: Card[];
};

export type NoticesQuery = {
  after?: string;
  limit?: number;
};

export type NoticesRead = {
  type: "notices.read";
  ids: string[] | null;
  read: boolean;
  bell: number;
};

export type NoticesSeen = {
  type: "notices.seen";
  upto: number;
  bell: number;
};

export type OneImport = {
  import: Import;
};

export type OneRow = {
  row: Row;
  cards: Card[];
};

export type Participant = {
  id: string;
  kind: "member" | "contact" | "unknown";
  name: string | null;
  role: "owner" | "member";
  joined_at: number;
};

export type Passed = {
  conversation_id: string;
  seq: number;
};

export type PeopleList = {
  people: Card[];
  next: string | null;
  total: number;
};

export type PeopleQuery = {
  q?: string;
  after?: string;
  limit?: number;
};

export type Position = {
  title: string;
  organisation: string;
  place: string;
  started: string;
  ended: string;
  description: string;
};

export type Preview = {
  url: string;
  title: string;
  description: string;
  site: string;
  image: string | null;
};

export type Profile = {
  headline: string;
  about: string;
  place: string;
  languages: LanguageSpoken[];
  positions: Position[];
  education: Education[];
  skills: string[];
  links: Link[];
  contact: ContactDetails;
  open_to: ("work" | "hiring" | "mentoring" | "speaking" | "collaborating")[];
  id: string;
  handle: string;
  name: string;
  degree: number | null;
  mutuals: number | null;
  connected_on: number | null;
  audiences: Record<string, "me" | "connections" | "members" | "public"> | null;
};

export type ProfileUpdate = {
  name?: string | null;
  handle?: string | null;
  headline?: string | null;
  about?: string | null;
  place?: string | null;
  languages?: LanguageSpoken[] | null;
  positions?: Position[] | null;
  education?: Education[] | null;
  skills?: string[] | null;
  links?: Link[] | null;
  contact?: ContactDetails | null;
  open_to?: ("work" | "hiring" | "mentoring" | "speaking" | "collaborating")[] | null;
  audiences?: Record<"headline" | "about" | "place" | "languages" | "positions" | "education" | "skills" | "links" | "contact" | "open_to", "me" | "connections" | "members" | "public"> | null;
  client_id: string;
};

export type Progress = {
  done: number;
  total: number;
};

export type Proof = {
  token: string;
};

export type PushKey = {
  key: string;
};

export type Quiet = {
  on: boolean;
  start: number;
  end: number;
  days: number[];
};

export type Quote = {
  seq: number;
  author_id: string | null;
  text: string;
};

export type Reaction = {
  emoji: string;
  people: string[];
};

export type ReadUpTo = {
  seq: number;
};

export type Reason = {
  code: string;
  message: string;
};

export type ReceiptChanged = {
  type: "receipt.changed";
  conversation_id: string;
  person_id: string;
  delivered_seq: number;
  read_seq: number;
};

export type RefusedRow = {
  line: number;
  reason: string;
};

export type Report = {
  files: FileReport[];
  notes: string[];
};

export type ResetPassword = {
  token: string;
  password: string;
};

export type Row = {
  id: string;
  kind: "direct" | "group";
  source: "entregent" | "linkedin";
  title: string | null;
  people: string[];
  size: number;
  last_seq: number;
  read_seq: number;
  last_at: number;
  last_author_id: string | null;
  snippet: string;
  unread: boolean;
  view: "inbox" | "archived" | "requests" | "spam" | "promotions" | "snoozed" | "deleted";
  draft: string | null;
  writable: boolean;
  starred: boolean;
  notify: "all" | "mentions" | "none";
  snoozed_until: number | null;
  remind_at: number | null;
  returned: "snooze" | "reminder" | null;
  awaiting: "me" | "them" | null;
  mentioned: boolean;
  labels: string[];
  box: string | null;
  sort_at: number;
};

export type Rows = {
  rows: Row[];
  cards: Card[];
};

export type Run = {
  id: string;
  kind: "bulk" | "rules" | "arrival";
  verb: "accept" | "follow" | "ignore" | "unknown" | "report" | "block" | "reply" | "ask" | "refuse" | "keep" | "release" | null;
  box: "received" | "sent" | "replied" | "held" | "archive";
  state: "running" | "done" | "stopped" | "undoing" | "undone";
  done: number;
  total: number;
  skipped: number;
  counts: Record<string, number>;
  created_at: number;
  undoable: boolean;
};

export type RunProgressed = {
  type: "run.progressed";
  run: Run;
};

export type Rung = {
  bell: number;
};

export type SavedFilter = {
  id: string;
  name: string;
  filter: Filter;
  position: number;
  count: number | null;
};

export type Scheduled = {
  id: string;
  conversation_id: string;
  client_id: string;
  text: string;
  send_at: number;
  held: boolean;
  refusal: string | null;
  quote_seq: number | null;
  forwarding: boolean;
};

export type ScheduledChanged = {
  type: "scheduled.changed";
  scheduled: Scheduled;
  delta: Record<string, number>;
};

export type ScheduledRemoved = {
  type: "scheduled.removed";
  id: string;
  delta: Record<string, number>;
};

export type SearchHit = {
  message: Message;
  row: Row;
  ranges: [number, number][];
};

export type SearchPage = {
  hits: SearchHit[];
  next: string | null;
  total: number;
  cards: Card[];
};

export type SearchQuery = {
  q?: string;
  after?: string | null;
  limit?: number;
};

export type Seen = {
  client_id: string;
  upto: number;
};

export type SendMessage = {
  client_id: string;
  text?: string;
  quote_seq?: number | null;
  mentions?: string[];
  forward?: Passed | null;
  send_at?: number | null;
  hold_seconds?: number | null;
};

export type Sent = {
  message: Message | null;
  scheduled: Scheduled | null;
};

export type Session = {
  id: string;
  created_at: number;
  seen_at: number;
  address: string;
  agent: string;
  current: boolean;
};

export type SessionEnded = {
  type: "session.ended";
  id: string;
};

export type SessionList = {
  sessions: Session[];
};

export type SettingsUpdate = {
  language?: "en" | "fr" | null;
  theme?: "auto" | "light" | "dark" | null;
  density?: "comfortable" | "compact" | null;
  shortcuts?: boolean | null;
  keys?: Record<string, string> | null;
  client_id: string;
};

export type Settled = {
  id: string;
};

export type SignIn = {
  email: string;
  password: string;
};

export type SignUp = {
  client_id: string;
  email: string;
  password: string;
  name: string;
  language?: "en" | "fr";
};

export type SomeIds = {
  ids: string[];
};

export type Sound = {
  on: boolean;
  volume: number;
};

export type Subscribed = {
  client_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
};

export type Thing = {
  kind: "conversation" | "message" | "person" | "import" | "session";
  id: string;
  seq: number | null;
};

export type ThreadQuery = {
  before?: number | null;
  after?: number | null;
  around?: number | null;
  limit?: number;
};

export type Title = {
  client_id: string;
  title: string | null;
};

export type UndoImport = {
  client_id: string;
};

export type Unsubscribed = {
  client_id: string;
  endpoint: string;
};

export type ViewQuery = {
  view?: string;
};

export type Waiting = {
  invitations: Invitation[];
  next: string | null;
  total: number;
  allowance: Allowance;
  cards: Card[];
};

export type Ways = {
  bell: boolean;
  push: boolean;
  mail: boolean;
};

export type WaysChanged = {
  type: "notices.settings";
  settings: NoticeSettings;
};

export type WaysUpdate = {
  ways?: Record<"mention" | "reaction" | "accepted" | "returned" | "group" | "security" | "import" | "message" | "invitation", Ways> | null;
  quiet?: Quiet | null;
  sound?: Sound | null;
  show_text?: boolean | null;
  zone?: string | null;
  client_id: string;
};

export type LogEvent = BulkProgressed | CardChanged | ConnectionEnded | ConnectionMade | ConnectionsRefreshed | ConversationChanged | ConversationRemoved | DeskChanged | FollowChanged | ImportProgressed | InboxRefreshed | InvitationReceived | InvitationSent | InvitationSettled | InvitationsRefreshed | MeChanged | MessageChanged | MessageHidden | MessageSent | NoticeTaken | NoticeTold | NoticesRead | NoticesSeen | WaysChanged | ReceiptChanged | RunProgressed | ScheduledChanged | ScheduledRemoved | SessionEnded;

/** What each route takes and answers. */
export type Api = {
  "POST /api/accounts": { body: SignUp; answer: Boot };
  "POST /api/accounts/close": { body: Closing; answer: Done };
  "POST /api/accounts/email": { body: NewEmail; answer: Done };
  "POST /api/accounts/email/confirm": { body: Proof; answer: Done };
  "POST /api/accounts/forgot": { body: Forgotten; answer: Done };
  "POST /api/accounts/password": { body: NewPassword; answer: Done };
  "POST /api/accounts/reset": { body: ResetPassword; answer: Done };
  "POST /api/accounts/verify": { body: Proof; answer: Done };
  "POST /api/accounts/verify/resend": { answer: Done };
  "GET /api/blocks": { query: PeopleQuery; answer: PeopleList };
  "DELETE /api/blocks/{id}": { answer: Done };
  "POST /api/blocks/{id}": { answer: Done };
  "GET /api/boot": { answer: Boot };
  "GET /api/cards": { query: CardsQuery; answer: CardList };
  "GET /api/connections": { query: PeopleQuery; answer: PeopleList };
  "DELETE /api/connections/{id}": { answer: Done };
  "GET /api/contacts": { query: PeopleQuery; answer: PeopleList };
  "POST /api/conversations": { body: BeginConversation; answer: Begun };
  "POST /api/conversations/marks": { body: MarkConversations; answer: Marked };
  "GET /api/conversations/{conversation_id}": { answer: Conversation };
  "PATCH /api/conversations/{conversation_id}": { body: Title; answer: OneRow };
  "PUT /api/conversations/{conversation_id}/draft": { body: Draft; answer: Done };
  "POST /api/conversations/{conversation_id}/leave": { body: Leave; answer: Done };
  "GET /api/conversations/{conversation_id}/messages": { query: ThreadQuery; answer: Messages };
  "POST /api/conversations/{conversation_id}/messages": { body: SendMessage; answer: Sent };
  "POST /api/conversations/{conversation_id}/read": { body: ReadUpTo; answer: Marked };
  "GET /api/counts": { answer: Counts };
  "GET /api/demo": { answer: DemoState };
  "POST /api/demo": { body: MakeDemo; answer: DemoState };
  "GET /api/demo/cast": { answer: Cast };
  "POST /api/demo/sign-in": { body: EnterAs; answer: Boot };
  "GET /api/export": { answer: unknown };
  "GET /api/imports": { answer: ImportList };
  "POST /api/imports": { query: ImportQuery; answer: OneImport };
  "GET /api/imports/{id}": { answer: ImportReport };
  "POST /api/imports/{id}/undo": { body: UndoImport; answer: OneImport };
  "GET /api/inbox": { query: InboxQuery; answer: Inbox };
  "GET /api/inbox/ids": { query: ViewQuery; answer: unknown };
  "POST /api/inbox/rows": { body: SomeIds; answer: Rows };
  "GET /api/invitations": { query: InvitationsQuery; answer: Waiting };
  "POST /api/invitations": { body: NewInvitation; answer: Asked };
  "POST /api/invitations/{id}/accept": { body: Again; answer: Settled };
  "POST /api/invitations/{id}/ignore": { body: Again; answer: Settled };
  "POST /api/invitations/{id}/withdraw": { body: Again; answer: Settled };
  "GET /api/notices": { query: NoticesQuery; answer: NoticePage };
  "POST /api/notices/read": { body: NoticeMark; answer: Rung };
  "POST /api/notices/seen": { body: Seen; answer: Rung };
  "GET /api/notices/settings": { answer: NoticeSettings };
  "PATCH /api/notices/settings": { body: WaysUpdate; answer: NoticeSettings };
  "GET /api/people": { query: PeopleQuery; answer: FoundPeople };
  "PATCH /api/profile": { body: ProfileUpdate; answer: Profile };
  "GET /api/profiles/{handle}": { answer: Profile };
  "DELETE /api/push": { body: Unsubscribed; answer: Done };
  "POST /api/push": { body: Subscribed; answer: Done };
  "GET /api/push/key": { answer: PushKey };
  "GET /api/search": { query: SearchQuery; answer: SearchPage };
  "DELETE /api/sessions": { answer: Done };
  "GET /api/sessions": { answer: SessionList };
  "POST /api/sessions": { body: SignIn; answer: Boot };
  "DELETE /api/sessions/current": { answer: Done };
  "DELETE /api/sessions/{id}": { answer: Done };
  "PATCH /api/settings": { body: SettingsUpdate; answer: Me };
  "GET /api/tokens": { answer: AccessTokens };
  "POST /api/tokens": { body: NewToken; answer: MadeToken };
  "GET /api/tokens/current": { answer: AccessToken };
  "DELETE /api/tokens/{id}": { answer: Done };
};
