/**
 * What is typed for something that was asked for and is not here yet: it is kept for the field
 * that comes, and is no command meanwhile.
 */
let typed = "";
let drop: () => void = () => {};

function ahead(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") drop();
  else if (event.key === "Backspace") typed = typed.slice(0, -1);
  else if (event.key.length === 1) typed += event.key;
}

/** From now on; `dropped` when the member wants it no more. */
export function hold(dropped: () => void): void {
  typed = "";
  drop = dropped;
  addEventListener("keydown", ahead, true);
}

/** It is here, or is not wanted any more: gives what was typed. */
export function release(): string {
  removeEventListener("keydown", ahead, true);
  const found = typed;
  typed = "";
  return found;
}
