import type { Change } from "./marking.ts";

/** Changes a field as if it had been typed, so that the browser's own undo takes it back. */
export function type(field: HTMLTextAreaElement, { from, to, put, start, end }: Change): void {
  field.focus();
  field.setSelectionRange(from, to);
  const typed = put
    ? document.execCommand("insertText", false, put)
    : document.execCommand("delete");
  if (!typed) {
    field.setRangeText(put, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}
