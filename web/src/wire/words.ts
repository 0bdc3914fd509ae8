/** Names for parts of the wire types that the generator leaves without one. */
import type { MarkConversations, Row } from "./types.ts";

/** 64 bits, which a JavaScript number cannot hold. */
export type Id = string;
export type Mark = MarkConversations["mark"];
export type Place = Row["view"];

export type ErrorBody = {
  error: { code: string; message: string; field: string | null; retry_after: number | null };
};
