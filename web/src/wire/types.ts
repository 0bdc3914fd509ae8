// Made by `script/entregent wire` from the server's own types. Do not edit.

export type About = {
  source: "member" | "archive";
  wrote: "nothing" | "personal" | "template";
  alike: number;
  by: "sender" | "others" | null;
  mutuals: number;
  same: ("organisation" | "school")[];
  marks: ("empty_profile" | "no_photo" | "mass_inviter")[];
  closeness: number;
  state: "waiting" | "accepted" | "ignored" | "withdrawn" | "closed" | "replied" | "held" | "followed" | "unknown" | "refused" | "reported" | "blocked" | "arriving";
  replied_at: number | null;
  held: "paused" | "nobody" | "no_shared_connection" | "no_email" | "said_unknown" | null;
};

export type Absence = {
  id: string;
  since: number;
  until: number;
  text: string;
  audience: "connections" | "everyone";
};

export type AbsenceChange = {
  client_id: string;
  until: number;
  text: string;
  audience?: "connections" | "everyone";
  since?: number | null;
  id?: string | null;
};

export type AbsenceChanged = {
  type: "absence.changed";
  absence: Absence | null;
};

export type AbsenceNow = {
  absence: Absence | null;
  answered: number;
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

export type Action = {
  client_id: string;
  verb: "accept" | "follow" | "ignore" | "unknown" | "report" | "block" | "reply" | "ask" | "refuse" | "keep" | "release";
  ids?: string[] | null;
  all?: Selection | null;
  text?: string;
  reply_id?: string | null;
  reason?: string;
};

export type AddPeople = {
  client_id: string;
  member_ids: string[];
};

export type AfterQuery = {
  after?: string;
};

export type Again = {
  client_id: string;
};

export type All = {
  view: string;
  filter?: Filter | null;
  except?: string[];
};

export type Allowance = {
  week: number;
  left: number;
  resets_at: number | null;
  pending: number;
  pending_most: number;
  again_days: number;
};

export type AnswersQuery = {
  frame?: string;
  sticker?: string;
  after?: string;
  limit?: number;
};

export type Appeal = {
  text: string;
  at: number;
};

export type Asked = {
  invitation: Invitation | null;
  connected: boolean;
  allowance: Allowance;
};

export type Attachment = {
  name: string;
  url: string | null;
  media: Media | null;
};

export type AuditEntry = {
  id: string;
  at: number;
  by_id: string | null;
  what: "grant" | "revoke" | "decide" | "reverse" | "appeal" | "uphold";
  person_id: string | null;
  detail: Record<string, string | number>;
};

export type AuditLog = {
  entries: AuditEntry[];
  next: string | null;
  cards: Card[];
};

export type Before = {
  line: string;
  asks_email: boolean;
  why_not: "nobody" | "connected" | "sent" | "received" | "too_soon" | "week_full" | "pending_full" | null;
  again_at: number | null;
  invitation_id: string | null;
  allowance: Allowance;
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
  reports: number | null;
};

export type Box = {
  id: string;
  name: string;
  position: number;
  count: number;
  unread: number;
};

export type BoxChange = {
  client_id: string;
  name?: string | null;
  position?: number | null;
};

export type Bulk = {
  id: string;
  mark: "read" | "unread" | "archived" | "inbox" | "spam" | "star" | "unstar" | "snooze" | "unsnooze" | "mute" | "unmute" | "mentions" | "label" | "unlabel" | "box" | "delete" | "remind" | "unremind" | "route";
  done: number;
  total: number;
  state: "running" | "done" | "stopped" | "undone";
};

export type BulkNow = {
  bulk: Bulk;
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
  photo: Photo | null;
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

export type CasesQuery = {
  state?: string;
  after?: string;
};

export type Cast = {
  cast: Card[];
};

export type CloseChange = {
  client_id: string;
  member_ids: string[];
};

export type CloseCircle = {
  cards: Card[];
  member_ids: string[];
};

export type Closing = {
  client_id: string;
  password: string;
};

export type Command = {
  client_id: string;
};

export type Condition = {
  note: "personal" | "template" | "nothing" | "any" | null;
  reasons: ("worked_together" | "studied_together" | "met_at_event" | "same_profession" | "customer_or_supplier" | "other")[] | null;
  mutuals_from: number | null;
  mutuals_to: number | null;
  organisation: string | null;
  same: "organisation" | "school" | null;
  tags: string[] | null;
  age_from_days: number | null;
  age_to_days: number | null;
  accepted_from: number | null;
  accepted_to: number | null;
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
  history: "all" | "joining";
  asked: string[];
  asked_by: string | null;
  refused: boolean;
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

export type Decision = {
  id: string;
  verdict: "dismiss" | "warn" | "restrict" | "suspend";
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  statement: string;
  at: number;
  until: number | null;
  in_force: boolean;
  reversed_at: number | null;
  appeal: Appeal | null;
  answer: Appeal | null;
  appeal_until: number | null;
};

export type DecisionKey = {
  token: string;
};

export type Decisions = {
  decisions: Decision[];
};

export type DeleteFor = {
  for?: "everyone" | "me";
};

export type Deleted = {
  restore: string;
};

export type Deliveries = {
  deliveries: Delivery[];
  next: string | null;
};

export type Delivery = {
  id: string;
  kind: string;
  at: number;
  state: "waiting" | "done" | "failed";
  tries: number;
  sent_at: number | null;
  next_at: number | null;
  status: number | null;
  failure: "private" | "unreachable" | "redirected" | "status" | null;
};

export type DeliveryQuery = {
  after?: string | null;
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

export type Digest = {
  rhythm: "off" | "daily" | "weekly";
  hour: number;
  day: number;
  texts: boolean;
};

export type DigestChoice = {
  rhythm: string;
};

export type DigestKey = {
  token: string;
};

export type DirectConversation = {
  id: string | null;
};

export type Done = {
  done: boolean;
};

export type Doubt = {
  at: string;
  host: string;
  why: "blocked" | "lookalike" | "letters" | "disguised" | "address" | "credentials";
};

export type Draft = {
  text: string;
  client_id?: string | null;
};

export type EditMessage = {
  client_id: string;
  text: string;
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

export type FilmQuery = {
  reply?: string;
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
  stranger: boolean | null;
};

export type FilterChange = {
  client_id: string;
  name?: string | null;
  filter?: Filter | null;
  position?: number | null;
};

export type FilterCounts = {
  counts: Record<string, number>;
};

export type FollowChanged = {
  type: "follow.changed";
  id: string;
  following: boolean;
};

export type Forecast = {
  total: number;
  counts: Record<string, number>;
  left: number;
  by_rule: number[];
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

export type FrameCounts = {
  viewers: number;
  likes: number;
  replies: number;
  taps: number;
};

export type FrameRef = {
  story_id: string;
  frame_id: string;
};

export type GroupChange = {
  client_id: string;
  title?: string | undefined | null;
  history?: "all" | "joining" | null;
};

export type GroupCount = {
  key: "all" | "personal" | "template" | "no_note" | "mutuals" | "organisation" | "school" | "empty_profile" | "no_photo" | "mass_inviter";
  count: number;
};

export type Here = {
  state?: "here" | "away";
};

export type Highlight = {
  id: string;
  title: string;
  cover: Media | null;
  frames: number;
};

export type HighlightChange = {
  client_id: string;
  title?: string | null;
  frames?: FrameRef[] | null;
};

export type HighlightDone = {
  highlight: Highlight;
};

export type HighlightFrames = {
  id: string;
  title: string;
  frames: KeptFrame[];
};

export type Highlights = {
  highlights: Highlight[];
};

export type History = {
  versions: Version[];
};

export type Host = {
  name: string;
  demo: boolean;
  sign_up: "open" | "closed";
};

export type HostCase = {
  person_id: string | null;
  name: string;
  waiting: number;
  reporters: number;
  appeals: number;
  reasons: ReasonCount[];
  last_at: number;
};

export type HostCases = {
  cases: HostCase[];
  next: string | null;
  total: number;
  cards: Card[];
};

export type HostDecision = {
  decision: Decision;
  by_id: string | null;
  reports: number;
};

export type HostFile = {
  case: HostCase;
  member: boolean;
  restricted_until: number;
  suspended_until: number;
  reports: HostReport[];
  next: string | null;
  decisions: HostDecision[];
  cards: Card[];
};

export type HostPageQuery = {
  after?: string;
};

export type HostQueueChanged = {
  type: "host.queue";
  open: number | null;
};

export type HostReport = {
  id: string;
  kind: "message" | "conversation" | "invitation" | "person" | "story" | "video";
  reporter_id: string;
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  note: string;
  seen: Witnessed;
  at: number;
  state: string;
  decision_id: string | null;
};

export type HostRuled = {
  decision: HostDecision;
  open: number;
};

export type HostRuling = {
  client_id: string;
  verdict: "dismiss" | "warn" | "restrict" | "suspend";
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  statement?: string;
  days?: number | null;
  last?: string | null;
};

export type HostWords = {
  client_id: string;
  statement: string;
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

export type InvitationSettings = {
  line: string;
  door: "everyone" | "shared" | "email" | "nobody";
  paused_until: number | null;
  digest_hours: number[];
  zone: string;
  suggested: boolean;
};

export type InvitationSettingsUpdate = {
  client_id: string;
  line?: string | null;
  door?: "everyone" | "shared" | "email" | "nobody" | null;
  paused_until?: number | null;
  digest_hours?: number[] | null;
  zone?: string | null;
  suggested?: boolean | null;
};

export type InvitationSettled = {
  type: "invitation.settled";
  id: string;
  box: "received" | "sent" | "archive";
};

export type InvitationsQuery = {
  box?: "received" | "sent" | "replied" | "held" | "archive";
  group?: "all" | "personal" | "template" | "no_note" | "mutuals" | "organisation" | "school" | "empty_profile" | "no_photo" | "mass_inviter";
  sort?: "date" | "oldest" | "closeness";
  mutuals?: number;
  after?: string;
  limit?: number;
};

export type InvitationsRefreshed = {
  type: "invitations.refreshed";
};

export type KeptFrame = {
  story_id: string;
  published_at: number;
  frame: StoryFrame;
};

export type Label = {
  id: string;
  name: string;
  color: number;
  position: number;
  count: number;
};

export type LabelChange = {
  client_id: string;
  name?: string | null;
  color?: number | null;
  position?: number | null;
};

export type LanguageSpoken = {
  name: string;
  proficiency: string;
};

export type LastMedia = {
  kind: "picture" | "animation" | "video" | "voice" | "audio" | "file";
  count: number;
  duration: number | null;
};

export type LeadChange = {
  client_id: string;
  on?: boolean;
};

export type LeadDone = {
  lead: boolean;
  tag: string;
};

export type Link = {
  url: string;
  label: string;
};

export type LinkPreview = {
  url: string;
  title: string;
  description: string;
  site: string;
  image: string | null;
};

export type MadeToken = {
  token: AccessToken;
  secret: string;
};

export type MadeWebhook = {
  webhook: Webhook;
  secret: string;
};

export type MakeDemo = {
  client_id: string;
  small?: boolean;
};

export type MarkConversations = {
  client_id: string;
  mark: "read" | "unread" | "archived" | "inbox" | "spam" | "star" | "unstar" | "snooze" | "unsnooze" | "mute" | "unmute" | "mentions" | "label" | "unlabel" | "box" | "delete" | "remind" | "unremind";
  ids?: string[];
  all?: All | null;
  until?: number | null;
  label?: string | null;
  box?: string | null;
  seen?: Record<string, number>;
  seen_at?: number | null;
};

export type Marked = {
  changed: number;
  undo: string | null;
  bulk: Bulk | null;
  newer: string[];
};

export type Matching = {
  count: number;
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
  receipts: boolean;
  presence: boolean;
  undo_seconds: 0 | 5 | 10 | 30;
  photo: Photo | null;
};

export type MeChanged = {
  type: "me.changed";
  me: Me;
};

export type Media = {
  id: string;
  kind: "picture" | "animation" | "audio" | "video" | "file";
  state: "receiving" | "processing" | "ready" | "refused";
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  duration: number | null;
  placeholder: string | null;
  waveform: number[] | null;
  voice: boolean;
  alt: string;
  url: string | null;
  files: MediaFile[];
  refusal: MediaRefusal | null;
};

export type MediaChanged = {
  type: "media.changed";
  media: Media;
};

export type MediaFile = {
  rendition: string;
  url: string;
  type: string;
  width: number | null;
  height: number | null;
  size: number;
};

export type MediaQuery = {
  until?: number;
  by?: string;
};

export type MediaRefusal = {
  code: string;
  message: string;
};

export type MediaRemoved = {
  type: "media.removed";
  id: string;
};

export type MediaUpdate = {
  client_id: string;
  alt: string;
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
  kind: "text" | "note" | "system" | "away";
  edited_at: number | null;
  deleted: boolean;
  quote: Quote | null;
  forwarded: Forwarded | null;
  reactions: Reaction[];
  mentions: string[];
  previews: LinkPreview[];
  doubts: Doubt[];
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

export type NewBox = {
  client_id: string;
  name?: string | null;
  restore?: string | null;
};

export type NewEmail = {
  client_id: string;
  password: string;
  email: string;
};

export type NewFilter = {
  client_id: string;
  name?: string | null;
  filter?: Filter | null;
  restore?: string | null;
};

export type NewFrame = {
  kind: "photo" | "video" | "text";
  media_id?: string | null;
  text?: string;
  look?: "ink" | "paper" | "dawn" | "sea" | "forest" | "plum" | "clay" | "slate";
  caption?: string;
  alt?: string;
  crop?: StoryCrop | null;
  drawing?: StoryStroke[];
  stickers?: NewSticker[];
  subtitles?: StoryTrack[];
};

export type NewHighlight = {
  client_id: string;
  title: string;
  frames: FrameRef[];
};

export type NewInvitation = {
  client_id: string;
  member_id: string;
  reason: "worked_together" | "studied_together" | "met_at_event" | "same_profession" | "customer_or_supplier" | "other";
  note?: string;
  email?: string;
};

export type NewLabel = {
  client_id: string;
  name?: string | null;
  color?: number;
  restore?: string | null;
};

export type NewPassword = {
  client_id: string;
  current: string;
  new: string;
};

export type NewPrompt = {
  text_en: string;
  text_fr: string;
  client_id: string;
};

export type NewSticker = {
  id: string;
  kind: "text" | "mention" | "link" | "question" | "poll" | "countdown" | "job";
  x: number;
  y: number;
  scale?: number;
  turn?: number;
  text?: string;
  member_id?: string | null;
  url?: string | null;
  place?: string;
  options?: string[];
  at?: number | null;
};

export type NewStory = {
  client_id: string;
  frames: NewFrame[];
  audience: StoryAudience;
  kind?: "moment" | "tip" | "help" | "reaction" | "event" | "milestone" | "hiring" | "live" | "pointer";
  prompt_id?: string | null;
  replies?: "all" | "connections" | "none";
  hours?: number;
};

export type NewSubtitles = {
  client_id: string;
  cues?: VideoCue[] | null;
  file?: string | null;
};

export type NewToken = {
  client_id: string;
  name: string;
  scopes: ("messages.read" | "messages.write" | "network.read" | "network.write" | "profile.read" | "profile.write" | "webhooks" | "export")[];
  days?: number | null;
};

export type NewVideo = {
  client_id: string;
  media_id: string;
  title: string;
  text?: string;
  language?: string;
  audience?: "everyone" | "connections";
  replies?: "all" | "connections" | "none";
};

export type NewVideoReply = {
  client_id: string;
  text?: string;
  media_id?: string | null;
  parent_id?: string | null;
};

export type NewWebhook = {
  client_id: string;
  url: string;
  kinds: string[];
};

export type Notice = {
  id: string;
  kind: "mention" | "reaction" | "video_reply" | "accepted" | "returned" | "group" | "security" | "import" | "house";
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
  ways: Record<"mention" | "reaction" | "video_reply" | "accepted" | "returned" | "group" | "security" | "import" | "house" | "message" | "invitation", Ways>;
  quiet: Quiet;
  sound: Sound;
  digest: Digest;
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

export type Now = {
  client_id: string;
};

export type Objection = {
  client_id: string;
  text: string;
};

export type ObjectionByKey = {
  client_id: string;
  text: string;
  token: string;
};

export type OnDesk = {
  id: string;
  desk: Desk;
};

export type OneImport = {
  import: Import;
};

export type OneMessage = {
  message: Message;
};

export type OneRow = {
  row: Row;
  cards: Card[];
};

export type PageQuery = {
  after?: string;
  limit?: number;
};

export type PartChanged = {
  type: "part.changed";
  part: "close_circle" | "highlights" | "invitation_queue" | "invitation_rules" | "invitation_settings" | "senders" | "story" | "tokens" | "video" | "webhooks" | "words";
  of: string | null;
};

export type Participant = {
  id: string;
  kind: "member" | "contact" | "unknown";
  name: string | null;
  role: "owner" | "admin" | "member";
  joined_at: number;
  delivered_seq: number;
  read_seq: number;
};

export type Passed = {
  conversation_id: string;
  seq: number;
};

export type Past = {
  cards: Card[];
  invitations: PastInvitation[];
  mutuals: string[];
  mutual_total: number;
};

export type PastInvitation = {
  id: string;
  mine: boolean;
  reason: "worked_together" | "studied_together" | "met_at_event" | "same_profession" | "customer_or_supplier" | "other";
  note: string;
  at: number;
  state: "waiting" | "accepted" | "ignored" | "withdrawn" | "closed" | "replied" | "held" | "followed" | "unknown" | "refused" | "reported" | "blocked" | "arriving";
  settled_at: number | null;
  archive: boolean;
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

export type PersonWords = {
  tags: string[];
  note: string;
  cadence_days: number | null;
};

export type PersonWordsUpdate = {
  client_id: string;
  tags: string[];
  note?: string;
  cadence_days?: number | null;
};

export type Photo = {
  small: string;
  placeholder: string | null;
};

export type PictureUpdate = {
  client_id: string;
  media_id: string;
};

export type Position = {
  title: string;
  organisation: string;
  place: string;
  started: string;
  ended: string;
  description: string;
};

export type Present = {
  type: "presence";
  person_id: string;
  state: "here" | "away";
};

export type Preview = {
  invitation: Invitation;
  profile: Profile | null;
  mutuals: string[];
  mutual_total: number;
  organisations: string[];
  schools: string[];
  cards: Card[];
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
  photo: Media | null;
  cover: Media | null;
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
  audiences?: Record<"headline" | "about" | "place" | "languages" | "positions" | "education" | "skills" | "links" | "contact" | "open_to" | "photo" | "cover", "me" | "connections" | "members" | "public"> | null;
  client_id: string;
};

export type Progress = {
  done: number;
  total: number;
};

export type PromptDone = {
  prompt: StoryPrompt | null;
};

export type PromptTexts = {
  text_en: string;
  text_fr: string;
};

export type Proof = {
  token: string;
};

export type PushKey = {
  key: string;
};

export type Queue = {
  cards: Card[];
  items: QueuedReply[];
  next: string | null;
  total: number;
};

export type Queued = {
  queued: number;
  total: number;
};

export type QueuedReply = {
  invitation: Invitation;
  verb: "accept" | "follow" | "ignore" | "unknown" | "report" | "block" | "reply" | "ask" | "refuse" | "keep" | "release";
  text: string;
};

export type QueuedText = {
  client_id: string;
  text?: string | null;
};

export type Queueing = {
  client_id: string;
  verb: string;
  ids?: string[] | null;
  all?: Selection | null;
  text?: string;
  reply_id?: string | null;
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

export type ReasonCount = {
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  count: number;
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

export type RepliesChanged = {
  type: "replies.changed";
  replies: SavedReply[];
};

export type RepliesUpdate = {
  client_id: string;
  replies: ReplyDraft[];
};

export type ReplyDraft = {
  kind: "reply" | "question";
  title: string;
  text: string;
  id?: string | null;
};

export type ReplyList = {
  replies: SavedReply[];
};

export type Report = {
  files: FileReport[];
  notes: string[];
};

export type ReportMessage = {
  client_id: string;
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  seq?: number | null;
  note?: string;
};

export type ReportPerson = {
  client_id: string;
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  note?: string;
};

export type ReportStory = {
  client_id: string;
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  note?: string;
};

export type ResetPassword = {
  token: string;
  password: string;
};

export type Role = {
  client_id: string;
  role: "owner" | "admin" | "member";
};

export type Routing = {
  rules: RoutingRule[];
};

export type RoutingChanged = {
  type: "routing.changed";
  rules: RoutingRule[];
};

export type RoutingDraft = {
  name?: string;
  on?: boolean;
  when: Filter;
  box?: string | null;
  label?: string | null;
  id?: string | null;
};

export type RoutingForecast = {
  total: number;
  by_rule: number[];
  by_hand: number;
};

export type RoutingRule = {
  id: string;
  name: string;
  on: boolean;
  when: Filter;
  box: string | null;
  label: string | null;
};

export type RoutingRun = {
  client_id: string;
};

export type RoutingTrial = {
  rules?: RoutingDraft[] | null;
};

export type RoutingUpdate = {
  client_id: string;
  rules: RoutingDraft[];
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
  held: "pitch" | null;
  last_media: LastMedia | null;
};

export type Rows = {
  rows: Row[];
  cards: Card[];
};

export type Rule = {
  id: string;
  name: string;
  on: boolean;
  when: Condition;
  then: "accept" | "follow" | "keep" | "ask" | "ignore";
  reply_id: string | null;
};

export type RuleDraft = {
  name: string;
  on?: boolean;
  when: Condition;
  then: "accept" | "follow" | "keep" | "ask" | "ignore";
  reply_id?: string | null;
  id?: string | null;
};

export type RuleList = {
  rules: Rule[];
};

export type RuleRun = {
  client_id: string;
  box?: string;
};

export type RulesPreview = {
  rules?: RuleDraft[] | null;
  box?: string;
};

export type RulesUpdate = {
  client_id: string;
  rules: RuleDraft[];
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

export type RunList = {
  runs: Run[];
};

export type RunProgressed = {
  type: "run.progressed";
  run: Run;
};

export type RunSteps = {
  cards: Card[];
  run: Run;
  items: Step[];
  next: string | null;
};

export type Rung = {
  bell: number;
};

export type SaidThen = {
  author_id: string | null;
  at: number;
  text: string;
  reported: boolean;
};

export type SavedFilter = {
  id: string;
  name: string;
  filter: Filter;
  position: number;
  count: number | null;
};

export type SavedReply = {
  id: string;
  kind: "reply" | "question";
  title: string;
  text: string;
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
  forward: Passed | null;
  media: Media[];
};

export type ScheduledChanged = {
  type: "scheduled.changed";
  scheduled: Scheduled;
  delta: Record<string, number>;
};

export type ScheduledList = {
  scheduled: Scheduled[];
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
  zone?: string;
};

export type Seen = {
  client_id: string;
  upto: number;
};

export type SeenStories = {
  client_id: string;
  seen: SeenStory[];
};

export type SeenStory = {
  author_id: string;
  story_id: string;
  frames: number;
};

export type Selection = {
  box?: "received" | "sent" | "replied" | "held" | "archive";
  group?: "all" | "personal" | "template" | "no_note" | "mutuals" | "organisation" | "school" | "empty_profile" | "no_photo" | "mass_inviter";
  mutuals?: number;
  except?: string[];
};

export type SendMessage = {
  client_id: string;
  text?: string;
  quote_seq?: number | null;
  mentions?: string[];
  forward?: Passed | null;
  media?: string[];
  send_at?: number | null;
  hold_seconds?: number | null;
};

export type Senders = {
  near: "inbox" | "requests" | "refuse";
  far: "inbox" | "requests" | "refuse";
};

export type SendersChange = {
  client_id: string;
  near?: "inbox" | "requests" | "refuse" | null;
  far?: "inbox" | "requests" | "refuse" | null;
};

export type Sent = {
  message: Message | null;
  scheduled: Scheduled | null;
};

export type SentNow = {
  message: Message;
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
  receipts?: boolean | null;
  presence?: boolean | null;
  undo_seconds?: 0 | 5 | 10 | 30 | null;
  client_id: string;
};

export type Settled = {
  id: string;
};

export type Shared = {
  messages: Message[];
  next: number | null;
  cards: Card[];
};

export type SharedQuery = {
  kind?: "pictures" | "files" | "links";
  before?: number;
  limit?: number;
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

export type Step = {
  invitation_id: string;
  person_id: string;
  rule_id: string | null;
  rule_name: string | null;
  verb: "accept" | "follow" | "ignore" | "unknown" | "report" | "block" | "reply" | "ask" | "refuse" | "keep" | "release";
  state: "done" | "skipped" | "undone";
  why: string | null;
  at: number;
};

export type StickerDeed = {
  client_id: string;
  option?: number | null;
  text?: string | null;
  named?: boolean;
  tapped?: boolean;
  remind?: boolean | null;
};

export type StickerDone = {
  sticker: StorySticker;
};

export type StoriesMuted = {
  type: "stories.muted";
  author_id: string;
  muted: boolean;
};

export type StoriesSeen = {
  type: "stories.seen";
  author_id: string;
  seen: number;
  unseen: number;
};

export type Story = {
  id: string;
  author_id: string;
  kind: "moment" | "tip" | "help" | "reaction" | "event" | "milestone" | "hiring" | "live" | "pointer";
  prompt: string | null;
  published_at: number;
  expires_at: number;
  state: "processing" | "refused" | "live" | "archived";
  frames: StoryFrame[];
  seen: number;
  may_reply: boolean;
  replies: "all" | "connections" | "none" | null;
  audience: StoryAudience | null;
  viewers: number | null;
  completed: number | null;
  refusals: StoryRefusal[];
};

export type StoryAnswer = {
  card: Card;
  text: string;
  option: number | null;
  named: boolean;
  at: number;
};

export type StoryAnswers = {
  answers: StoryAnswer[];
  next: string | null;
  total: number;
};

export type StoryArchive = {
  stories: Story[];
  next: string | null;
  total: number;
};

export type StoryAround = {
  type: "story.around";
  teller: Teller;
};

export type StoryAudience = {
  who: "connections" | "close" | "list" | "group" | "everyone";
  ref: string | null;
  hidden_from: string[];
};

export type StoryChanged = {
  type: "story.changed";
  story: Story;
};

export type StoryCrop = {
  x: number;
  y: number;
  width: number;
  height: number;
};

export type StoryDeed = {
  client_id: string;
};

export type StoryDone = {
  story: Story | null;
};

export type StoryFrame = {
  id: string;
  kind: "photo" | "video" | "text";
  media: Media | null;
  text: string;
  look: "ink" | "paper" | "dawn" | "sea" | "forest" | "plum" | "clay" | "slate";
  caption: string;
  alt: string;
  crop: StoryCrop | null;
  drawing: StoryStroke[];
  stickers: StorySticker[];
  subtitles: StoryTrack[];
  liked: boolean;
  counts: FrameCounts | null;
};

export type StoryGone = {
  type: "story.gone";
  author_id: string;
  story_id: string | null;
  teller: Teller | null;
};

export type StoryLike = {
  client_id: string;
  on?: boolean;
};

export type StoryLine = {
  from: number;
  to: number;
  text: string;
};

export type StoryPageQuery = {
  after?: string;
  limit?: number;
};

export type StoryPrompt = {
  id: string;
  text: string;
};

export type StoryPublished = {
  type: "story.published";
  teller: Teller;
};

export type StoryRefusal = {
  frame_id: string;
  code: string;
  message: string;
};

export type StoryRemoved = {
  type: "story.removed";
  id: string;
};

export type StoryReplied = {
  message: Message;
};

export type StoryReply = {
  client_id: string;
  text?: string;
  media_id?: string | null;
};

export type StoryRow = {
  own: Teller | null;
  tellers: Teller[];
  next: string | null;
  unseen: number;
  prompt: StoryPrompt | null;
  settings: StorySettings;
};

export type StorySettings = {
  viewing: "name" | "headline" | "private";
  row: "shown" | "collapsed" | "off";
  motion: boolean | null;
  archive: boolean;
  box: string | null;
};

export type StorySettingsChange = {
  client_id: string;
  viewing?: "name" | "headline" | "private" | null;
  row?: "shown" | "collapsed" | "off" | null;
  motion?: boolean | undefined | null;
  archive?: boolean | null;
  box?: string | undefined | null;
};

export type StorySettingsChanged = {
  type: "stories.settings";
  settings: StorySettings;
};

export type StorySticker = {
  id: string;
  kind: "text" | "mention" | "link" | "question" | "poll" | "countdown" | "job";
  x: number;
  y: number;
  scale: number;
  turn: number;
  text: string;
  member_id: string | null;
  url: string | null;
  place: string;
  domain: string | null;
  options: string[];
  at: number | null;
  votes: number[] | null;
  mine: number | null;
  answered: boolean;
  reminded: boolean;
  answers: number | null;
};

export type StoryStroke = {
  colour: string;
  width: number;
  points: number[];
};

export type StorySubtitles = {
  client_id: string;
  tracks: StoryTrack[];
};

export type StoryTrack = {
  language: string;
  lines: StoryLine[];
};

export type StoryUpdate = {
  client_id: string;
  audience?: StoryAudience | null;
  replies?: "all" | "connections" | "none" | null;
};

export type StoryViewer = {
  card: Card | null;
  headline: string | null;
  frames: number;
  likes: string[];
  lead: boolean;
  at: number;
};

export type StoryViewers = {
  viewers: StoryViewer[];
  next: string | null;
  total: number;
  hidden: number;
  completed: number;
};

export type Subscribed = {
  client_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
};

export type Suggestion = {
  person_id: string;
  reasons: SuggestionReason[];
};

export type SuggestionReason = {
  kind: "mutuals" | "organisation" | "school";
  count: number;
  name: string;
  together: boolean;
  people: string[];
};

export type Suggestions = {
  cards: Card[];
  people: Suggestion[];
};

export type TagCount = {
  tag: string;
  count: number;
};

export type Tags = {
  tags: TagCount[];
};

export type Teller = {
  card: Card;
  frames: number;
  seen: number;
  latest_at: number;
  expires_at: number;
  muted: boolean;
  placeholder: string | null;
};

export type Thing = {
  kind: "conversation" | "message" | "person" | "import" | "session" | "decision" | "video" | "story";
  id: string;
  seq: number | null;
  of: string | null;
};

export type ThreadQuery = {
  before?: number | null;
  after?: number | null;
  around?: number | null;
  limit?: number;
};

export type TieReason = {
  kind: "they_wrote" | "i_wrote" | "replies" | "recent" | "mutuals";
  number: number;
};

export type TieStrength = {
  strength: number;
  level: "none" | "weak" | "some" | "strong";
  reasons: TieReason[];
};

export type Told = {
  card: Card;
  stories: Story[];
};

export type Typing = {
  type: "typing";
  conversation_id: string;
  person_id: string;
};

export type Undo = {
  client_id: string;
  undo: string;
};

export type UndoImport = {
  client_id: string;
};

export type UnreadMessages = {
  views: Record<string, number>;
};

export type Unsubscribed = {
  client_id: string;
  endpoint: string;
};

export type UploadState = {
  media: Media;
  offset: number;
  length: number;
};

export type Version = {
  at: number;
  text: string;
};

export type Video = {
  id: string;
  author_id: string;
  state: "processing" | "live" | "refused";
  title: string;
  text: string;
  language: string;
  audience: "everyone" | "connections";
  replies: "all" | "connections" | "none";
  media: Media | null;
  published_at: number;
  subtitles: VideoSubtitles[];
  views: number;
  likes: number;
  liked: boolean;
  replies_total: number;
  may_reply: boolean;
  mine: boolean;
  refusal: MediaRefusal | null;
};

export type VideoChanged = {
  type: "video.changed";
  video: Video;
};

export type VideoCue = {
  from: number;
  to: number;
  text: string;
};

export type VideoDeed = {
  client_id: string;
};

export type VideoDone = {
  video: Video;
};

export type VideoLike = {
  client_id: string;
  on?: boolean;
};

export type VideoOpened = {
  video: Video;
  card: Card;
};

export type VideoRemoved = {
  type: "video.removed";
  id: string;
};

export type VideoReplied = {
  type: "video.replied";
  author_id: string;
  video_id: string;
  reply: VideoReply;
  card: Card;
  replies_total: number;
};

export type VideoReply = {
  id: string;
  member_id: string | null;
  parent_id: string | null;
  text: string;
  media: Media | null;
  at: number;
  state: "processing" | "live" | "refused";
  subtitles: VideoSubtitles[];
  likes: number;
  liked: boolean;
  removed: boolean;
  may_remove: boolean;
  answers: number;
};

export type VideoReplyChanged = {
  type: "video.reply_changed";
  author_id: string;
  video_id: string;
  reply: VideoReply;
};

export type VideoReplyDone = {
  reply: VideoReply;
  replies_total: number;
};

export type VideoReplyRemoved = {
  type: "video.reply_removed";
  author_id: string;
  video_id: string;
  reply_id: string;
  gone: boolean;
  replies_total: number;
};

export type VideoReport = {
  client_id: string;
  reason: "spam" | "fraud" | "harassment" | "impersonation" | "other";
  reply_id?: string | null;
  note?: string;
};

export type VideoSubtitles = {
  language: string;
  cues: number;
};

export type VideoThread = {
  cards: Card[];
  replies: VideoReply[];
  chapters: VideoReply[];
  next: string | null;
  total: number;
};

export type VideoThreadQuery = {
  after?: string;
  parent?: string;
  limit?: number;
};

export type VideoTrack = {
  language: string;
  cues: VideoCue[];
};

export type VideoUpdate = {
  client_id: string;
  title?: string | null;
  text?: string | null;
  language?: string | null;
  audience?: "everyone" | "connections" | null;
  replies?: "all" | "connections" | "none" | null;
};

export type Videos = {
  videos: Video[];
  next: string | null;
  total: number;
};

export type VideosQuery = {
  after?: string;
  limit?: number;
};

export type ViewQuery = {
  view?: string;
};

export type Waiting = {
  invitations: Invitation[];
  next: string | null;
  total: number;
  allowance: Allowance;
  groups: GroupCount[];
  arriving: number;
  arrives_at: number | null;
  cards: Card[];
};

export type Wanted = {
  filter: Filter;
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
  ways?: Record<"mention" | "reaction" | "video_reply" | "accepted" | "returned" | "group" | "security" | "import" | "house" | "message" | "invitation", Ways> | null;
  quiet?: Quiet | null;
  sound?: Sound | null;
  digest?: Digest | null;
  show_text?: boolean | null;
  zone?: string | null;
  client_id: string;
};

export type Webhook = {
  id: string;
  url: string;
  kinds: string[];
  state: "on" | "off";
  off_because: "member" | "failed" | "gone" | null;
  failing_since: number | null;
  created_at: number;
  waiting: number;
};

export type WebhookChange = {
  client_id: string;
  url?: string | null;
  kinds?: string[] | null;
  state?: "on" | "off" | null;
};

export type WebhookChanged = {
  type: "webhook.changed";
  webhook: Webhook;
};

export type WebhookCommand = {
  client_id: string;
};

export type Webhooks = {
  webhooks: Webhook[];
  kinds: string[];
};

export type Weekly = {
  cards: Card[];
  people: WorthWriting[];
  until: number;
};

export type WhoIsHere = {
  here: string[];
};

export type Withdrawing = {
  client_id: string;
  ids?: string[] | null;
  older_than_days?: number | null;
};

export type Withdrawn = {
  withdrawn: number;
  ids: string[];
};

export type Witnessed = {
  title: string;
  said: SaidThen[];
  name: string;
  headline: string;
  about: string;
  reason: string;
};

export type WorthWriting = {
  person_id: string;
  reason: "cadence" | "silence" | "unanswered" | "new_connection";
  days: number;
  strength: number;
};

export type LogEvent = AbsenceChanged | BulkProgressed | CardChanged | ConnectionEnded | ConnectionMade | ConnectionsRefreshed | ConversationChanged | ConversationRemoved | DeskChanged | FollowChanged | HostQueueChanged | ImportProgressed | InboxRefreshed | InvitationReceived | InvitationSent | InvitationSettled | InvitationsRefreshed | MeChanged | MediaChanged | MediaRemoved | MessageChanged | MessageHidden | MessageSent | NoticeTaken | NoticeTold | NoticesRead | NoticesSeen | WaysChanged | PartChanged | ReceiptChanged | RepliesChanged | RoutingChanged | RunProgressed | ScheduledChanged | ScheduledRemoved | SessionEnded | StoriesMuted | StoriesSeen | StorySettingsChanged | StoryChanged | StoryGone | StoryPublished | StoryRemoved | VideoChanged | VideoRemoved | VideoReplied | VideoReplyChanged | VideoReplyRemoved | WebhookChanged;

/** What a stream tells as `event: now`. */
export type NowEvent = Present | StoryAround | Typing;

/** What each route takes and answers. */
export type Api = {
  "DELETE /api/absence": { answer: Done };
  "GET /api/absence": { answer: AbsenceNow };
  "PUT /api/absence": { body: AbsenceChange; answer: AbsenceNow };
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
  "POST /api/boxes": { body: NewBox; answer: OnDesk };
  "DELETE /api/boxes/{id}": { answer: Deleted };
  "PATCH /api/boxes/{id}": { body: BoxChange; answer: OnDesk };
  "POST /api/bulks/{id}/stop": { answer: BulkNow };
  "GET /api/cards": { query: CardsQuery; answer: CardList };
  "GET /api/connections": { query: PeopleQuery; answer: PeopleList };
  "DELETE /api/connections/{id}": { answer: Done };
  "GET /api/contacts": { query: PeopleQuery; answer: PeopleList };
  "POST /api/conversations": { body: BeginConversation; answer: Begun };
  "POST /api/conversations/marks": { body: MarkConversations; answer: Marked };
  "POST /api/conversations/undo": { body: Undo; answer: Marked };
  "GET /api/conversations/{conversation_id}": { answer: Conversation };
  "PATCH /api/conversations/{conversation_id}": { body: GroupChange; answer: OneRow };
  "POST /api/conversations/{conversation_id}/decline": { body: Command; answer: Done };
  "PUT /api/conversations/{conversation_id}/draft": { body: Draft; answer: Done };
  "POST /api/conversations/{conversation_id}/join": { body: Command; answer: Conversation };
  "POST /api/conversations/{conversation_id}/leave": { body: Command; answer: Done };
  "GET /api/conversations/{conversation_id}/messages": { query: ThreadQuery; answer: Messages };
  "POST /api/conversations/{conversation_id}/messages": { body: SendMessage; answer: Sent };
  "DELETE /api/conversations/{conversation_id}/messages/{seq}": { query: DeleteFor; answer: Done };
  "PATCH /api/conversations/{conversation_id}/messages/{seq}": { body: EditMessage; answer: OneMessage };
  "GET /api/conversations/{conversation_id}/messages/{seq}/history": { answer: History };
  "DELETE /api/conversations/{conversation_id}/messages/{seq}/reactions/{emoji}": { answer: OneMessage };
  "PUT /api/conversations/{conversation_id}/messages/{seq}/reactions/{emoji}": { answer: OneMessage };
  "POST /api/conversations/{conversation_id}/people": { body: AddPeople; answer: Conversation };
  "DELETE /api/conversations/{conversation_id}/people/{person_id}": { answer: Done };
  "PATCH /api/conversations/{conversation_id}/people/{person_id}": { body: Role; answer: Conversation };
  "POST /api/conversations/{conversation_id}/read": { body: ReadUpTo; answer: Marked };
  "POST /api/conversations/{conversation_id}/report": { body: ReportMessage; answer: Done };
  "GET /api/conversations/{conversation_id}/shared": { query: SharedQuery; answer: Shared };
  "POST /api/conversations/{conversation_id}/typing": { answer: Done };
  "GET /api/counts": { answer: Counts };
  "GET /api/counts/messages": { answer: UnreadMessages };
  "POST /api/decision": { body: DecisionKey; answer: Decision };
  "POST /api/decision/appeal": { body: ObjectionByKey; answer: Decision };
  "POST /api/decision/key": { body: SignIn; answer: DecisionKey };
  "GET /api/decisions": { answer: Decisions };
  "POST /api/decisions/{id}/appeal": { body: Objection; answer: Decision };
  "GET /api/demo": { answer: DemoState };
  "POST /api/demo": { body: MakeDemo; answer: DemoState };
  "GET /api/demo/cast": { answer: Cast };
  "POST /api/demo/sign-in": { body: EnterAs; answer: Boot };
  "POST /api/digest": { body: DigestKey; answer: DigestChoice };
  "POST /api/digest/again": { body: DigestKey; answer: DigestChoice };
  "POST /api/digest/stop": { body: DigestKey; answer: DigestChoice };
  "POST /api/digest/unsubscribe": { query: DigestKey; answer: Done };
  "GET /api/export": { answer: unknown };
  "POST /api/filters": { body: NewFilter; answer: OnDesk };
  "GET /api/filters/counts": { answer: FilterCounts };
  "POST /api/filters/preview": { body: Wanted; answer: Matching };
  "DELETE /api/filters/{id}": { answer: Deleted };
  "PATCH /api/filters/{id}": { body: FilterChange; answer: OnDesk };
  "GET /api/follows": { query: PeopleQuery; answer: PeopleList };
  "DELETE /api/follows/{id}": { answer: Done };
  "POST /api/follows/{id}": { answer: Done };
  "POST /api/here": { body: Here; answer: WhoIsHere };
  "POST /api/highlights": { body: NewHighlight; answer: HighlightDone };
  "GET /api/highlights/{author}/{id}": { answer: HighlightFrames };
  "DELETE /api/highlights/{id}": { answer: Done };
  "PATCH /api/highlights/{id}": { body: HighlightChange; answer: HighlightDone };
  "GET /api/host/log": { query: HostPageQuery; answer: AuditLog };
  "GET /api/host/reports": { query: CasesQuery; answer: HostCases };
  "GET /api/host/reports/{id}": { query: HostPageQuery; answer: HostFile };
  "POST /api/host/reports/{id}/decisions": { body: HostRuling; answer: HostRuled };
  "POST /api/host/reports/{id}/decisions/{decision_id}/reverse": { body: HostWords; answer: HostRuled };
  "POST /api/host/reports/{id}/decisions/{decision_id}/uphold": { body: HostWords; answer: HostRuled };
  "GET /api/imports": { answer: ImportList };
  "POST /api/imports": { query: ImportQuery; answer: OneImport };
  "GET /api/imports/{id}": { answer: ImportReport };
  "POST /api/imports/{id}/undo": { body: UndoImport; answer: OneImport };
  "GET /api/inbox": { query: InboxQuery; answer: Inbox };
  "GET /api/inbox/ids": { query: ViewQuery; answer: unknown };
  "POST /api/inbox/rows": { body: SomeIds; answer: Rows };
  "GET /api/invitations": { query: InvitationsQuery; answer: Waiting };
  "POST /api/invitations": { body: NewInvitation; answer: Asked };
  "POST /api/invitations/actions": { body: Action; answer: Run };
  "GET /api/invitations/archive.csv": { answer: unknown };
  "GET /api/invitations/queue": { query: AfterQuery; answer: Queue };
  "POST /api/invitations/queue": { body: Queueing; answer: Queued };
  "DELETE /api/invitations/queue/{id}": { answer: Done };
  "PATCH /api/invitations/queue/{id}": { body: QueuedText; answer: Done };
  "POST /api/invitations/queue/{id}/send": { body: QueuedText; answer: Run };
  "GET /api/invitations/replies": { answer: ReplyList };
  "PUT /api/invitations/replies": { body: RepliesUpdate; answer: ReplyList };
  "GET /api/invitations/rules": { answer: RuleList };
  "PUT /api/invitations/rules": { body: RulesUpdate; answer: RuleList };
  "POST /api/invitations/rules/preset": { body: Again; answer: RuleList };
  "POST /api/invitations/rules/preview": { body: RulesPreview; answer: Forecast };
  "POST /api/invitations/rules/run": { body: RuleRun; answer: Run };
  "GET /api/invitations/runs": { answer: RunList };
  "GET /api/invitations/runs/{id}": { query: AfterQuery; answer: RunSteps };
  "POST /api/invitations/runs/{id}/stop": { body: Again; answer: Run };
  "POST /api/invitations/runs/{id}/undo": { body: Again; answer: Run };
  "GET /api/invitations/settings": { answer: InvitationSettings };
  "PATCH /api/invitations/settings": { body: InvitationSettingsUpdate; answer: InvitationSettings };
  "GET /api/invitations/to/{member_id}": { answer: Before };
  "POST /api/invitations/withdraw": { body: Withdrawing; answer: Withdrawn };
  "GET /api/invitations/{id}": { answer: Preview };
  "POST /api/invitations/{id}/accept": { body: Again; answer: Settled };
  "POST /api/invitations/{id}/ignore": { body: Again; answer: Settled };
  "POST /api/invitations/{id}/withdraw": { body: Again; answer: Settled };
  "POST /api/labels": { body: NewLabel; answer: OnDesk };
  "DELETE /api/labels/{id}": { answer: Deleted };
  "PATCH /api/labels/{id}": { body: LabelChange; answer: OnDesk };
  "DELETE /api/media/{id}": { answer: Done };
  "GET /api/media/{id}": { answer: Media };
  "PATCH /api/media/{id}": { body: MediaUpdate; answer: Media };
  "GET /api/notices": { query: NoticesQuery; answer: NoticePage };
  "POST /api/notices/read": { body: NoticeMark; answer: Rung };
  "POST /api/notices/seen": { body: Seen; answer: Rung };
  "GET /api/notices/settings": { answer: NoticeSettings };
  "PATCH /api/notices/settings": { body: WaysUpdate; answer: NoticeSettings };
  "GET /api/people": { query: PeopleQuery; answer: FoundPeople };
  "GET /api/people/{id}/conversation": { answer: DirectConversation };
  "GET /api/people/{id}/mine": { answer: PersonWords };
  "PUT /api/people/{id}/mine": { body: PersonWordsUpdate; answer: PersonWords };
  "GET /api/people/{id}/mutuals": { query: PageQuery; answer: PeopleList };
  "GET /api/people/{id}/past": { answer: Past };
  "POST /api/people/{id}/report": { body: ReportPerson; answer: Done };
  "GET /api/people/{id}/tie": { answer: TieStrength };
  "PATCH /api/profile": { body: ProfileUpdate; answer: Profile };
  "DELETE /api/profile/cover": { answer: Profile };
  "PUT /api/profile/cover": { body: PictureUpdate; answer: Profile };
  "DELETE /api/profile/photo": { answer: Profile };
  "PUT /api/profile/photo": { body: PictureUpdate; answer: Profile };
  "GET /api/profiles/{handle}": { answer: Profile };
  "GET /api/profiles/{handle}/highlights": { answer: Highlights };
  "GET /api/profiles/{handle}/videos": { query: VideosQuery; answer: Videos };
  "DELETE /api/push": { body: Unsubscribed; answer: Done };
  "POST /api/push": { body: Subscribed; answer: Done };
  "GET /api/push/key": { answer: PushKey };
  "GET /api/routing": { answer: Routing };
  "PUT /api/routing": { body: RoutingUpdate; answer: Routing };
  "POST /api/routing/preview": { body: RoutingTrial; answer: RoutingForecast };
  "POST /api/routing/run": { body: RoutingRun; answer: Marked };
  "GET /api/scheduled": { answer: ScheduledList };
  "POST /api/scheduled/{scheduled_id}/cancel": { body: Now; answer: Done };
  "POST /api/scheduled/{scheduled_id}/send": { body: Now; answer: SentNow };
  "GET /api/search": { query: SearchQuery; answer: SearchPage };
  "GET /api/senders": { answer: Senders };
  "PATCH /api/senders": { body: SendersChange; answer: Senders };
  "DELETE /api/sessions": { answer: Done };
  "GET /api/sessions": { answer: SessionList };
  "POST /api/sessions": { body: SignIn; answer: Boot };
  "DELETE /api/sessions/current": { answer: Done };
  "DELETE /api/sessions/{id}": { answer: Done };
  "PATCH /api/settings": { body: SettingsUpdate; answer: Me };
  "GET /api/stories": { query: StoryPageQuery; answer: StoryRow };
  "POST /api/stories": { body: NewStory; answer: StoryDone };
  "GET /api/stories/archive": { query: StoryPageQuery; answer: StoryArchive };
  "GET /api/stories/close": { answer: CloseCircle };
  "PUT /api/stories/close": { body: CloseChange; answer: CloseCircle };
  "PUT /api/stories/leads/{member}": { body: LeadChange; answer: LeadDone };
  "DELETE /api/stories/mutes/{member}": { answer: Done };
  "PUT /api/stories/mutes/{member}": { body: StoryDeed; answer: Done };
  "GET /api/stories/prompt": { answer: PromptTexts };
  "PUT /api/stories/prompt": { body: NewPrompt; answer: PromptDone };
  "POST /api/stories/seen": { body: SeenStories; answer: Done };
  "PATCH /api/stories/settings": { body: StorySettingsChange; answer: StorySettings };
  "GET /api/stories/{author}": { answer: Told };
  "DELETE /api/stories/{author}/{story}": { answer: StoryDone };
  "PATCH /api/stories/{author}/{story}": { body: StoryUpdate; answer: StoryDone };
  "GET /api/stories/{author}/{story}/answers": { query: AnswersQuery; answer: StoryAnswers };
  "DELETE /api/stories/{author}/{story}/frames/{frame}": { answer: StoryDone };
  "POST /api/stories/{author}/{story}/frames/{frame}/like": { body: StoryLike; answer: Done };
  "POST /api/stories/{author}/{story}/frames/{frame}/replies": { body: StoryReply; answer: StoryReplied };
  "POST /api/stories/{author}/{story}/frames/{frame}/stickers/{sticker}": { body: StickerDeed; answer: StickerDone };
  "PUT /api/stories/{author}/{story}/frames/{frame}/subtitles": { body: StorySubtitles; answer: StoryDone };
  "POST /api/stories/{author}/{story}/report": { body: ReportStory; answer: Done };
  "GET /api/stories/{author}/{story}/viewers": { query: StoryPageQuery; answer: StoryViewers };
  "GET /api/suggestions": { answer: Suggestions };
  "DELETE /api/suggestions/{id}": { answer: Done };
  "GET /api/tagged": { query: PeopleQuery; answer: PeopleList };
  "GET /api/tags": { answer: Tags };
  "GET /api/tokens": { answer: AccessTokens };
  "POST /api/tokens": { body: NewToken; answer: MadeToken };
  "GET /api/tokens/current": { answer: AccessToken };
  "DELETE /api/tokens/{id}": { answer: Done };
  "OPTIONS /api/uploads": { answer: unknown };
  "POST /api/uploads": { answer: UploadState };
  "DELETE /api/uploads/{id}": { answer: unknown };
  "GET /api/uploads/{id}": { answer: UploadState };
  "PATCH /api/uploads/{id}": { answer: unknown };
  "POST /api/videos": { body: NewVideo; answer: VideoDone };
  "DELETE /api/videos/{author}/{video}": { answer: Done };
  "GET /api/videos/{author}/{video}": { answer: VideoOpened };
  "PATCH /api/videos/{author}/{video}": { body: VideoUpdate; answer: VideoDone };
  "PUT /api/videos/{author}/{video}/like": { body: VideoLike; answer: VideoDone };
  "GET /api/videos/{author}/{video}/replies": { query: VideoThreadQuery; answer: VideoThread };
  "POST /api/videos/{author}/{video}/replies": { body: NewVideoReply; answer: VideoReplyDone };
  "DELETE /api/videos/{author}/{video}/replies/{reply}": { answer: Done };
  "PUT /api/videos/{author}/{video}/replies/{reply}/like": { body: VideoLike; answer: VideoReplyDone };
  "POST /api/videos/{author}/{video}/report": { body: VideoReport; answer: Done };
  "POST /api/videos/{author}/{video}/seen": { body: VideoDeed; answer: Done };
  "DELETE /api/videos/{author}/{video}/subtitles/{language}": { query: FilmQuery; answer: Done };
  "GET /api/videos/{author}/{video}/subtitles/{language}": { query: FilmQuery; answer: VideoTrack };
  "PUT /api/videos/{author}/{video}/subtitles/{language}": { body: NewSubtitles; query: FilmQuery; answer: VideoTrack };
  "GET /api/videos/{author}/{video}/subtitles/{language}.vtt": { query: FilmQuery; answer: unknown };
  "GET /api/webhooks": { answer: Webhooks };
  "POST /api/webhooks": { body: NewWebhook; answer: MadeWebhook };
  "DELETE /api/webhooks/{id}": { answer: Done };
  "PATCH /api/webhooks/{id}": { body: WebhookChange; answer: Webhook };
  "GET /api/webhooks/{id}/deliveries": { query: DeliveryQuery; answer: Deliveries };
  "POST /api/webhooks/{id}/deliveries/{delivery_id}/retry": { body: WebhookCommand; answer: Delivery };
  "POST /api/webhooks/{id}/ping": { body: WebhookCommand; answer: Delivery };
  "POST /api/webhooks/{id}/secret": { body: WebhookCommand; answer: MadeWebhook };
  "GET /api/weekly": { answer: Weekly };
  "GET /media/{kind}/{ref}/{media_id}/{rendition}": { query: MediaQuery; answer: unknown };
};
