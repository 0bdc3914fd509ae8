/** One message at a time, what can be undone, and a log for who missed it. */

export interface Toast {
  id: number;
  text: string;
  at: number;
  undo?: () => unknown;
  undone?: boolean;
  /** Something other than undo: "Open". */
  action?: { label: string; run: () => unknown };
  error?: boolean;
  /** It stays until it is answered or another comes: what it offers is not offered again. */
  stays?: boolean;
  /** It shows itself where it happened: no toast, but `z` and the log know it. */
  quiet?: boolean;
}

type Options = Pick<Toast, "undo" | "action" | "error" | "quiet" | "stays">;

const KEPT = 100;
let count = 0;
let current = $state.raw<Toast | null>(null);
let activity = $state.raw<Toast[]>([]);
let announced = $state.raw("");

export const toasts = {
  get current(): Toast | null {
    return current;
  },
  /** Newest first. */
  get activity(): Toast[] {
    return activity;
  },
  /** What the polite live region says. */
  get announced(): string {
    return announced;
  },
};

export function notify(text: string, options: Options = {}): Toast {
  count += 1;
  const toast: Toast = { id: count, text, at: Date.now(), ...options };
  if (!toast.quiet) current = toast;
  activity = [toast, ...activity].slice(0, KEPT);
  return toast;
}

/** Shows what was noted quietly, unless it was undone or something else was said meanwhile. */
export function show(toast: Toast): void {
  if (activity[0]?.id === toast.id && !activity[0].undone) current = activity[0];
}

export function dismiss(toast: Toast | null = current): void {
  if (current?.id === toast?.id) current = null;
}

/** `z`: the last thing that can still be undone, or the one given. */
export function undo(toast?: Toast): boolean {
  const last = toast ?? activity.find((one) => one.undo && !one.undone);
  if (!last?.undo || last.undone) return false;
  activity = activity.map((one) => (one.id === last.id ? { ...one, undone: true } : one));
  if (current?.id === last.id) current = null;
  void last.undo();
  return true;
}

export function canUndo(): boolean {
  return activity.some((one) => one.undo && !one.undone);
}

/** Says something to screen readers only. */
export function announce(text: string): void {
  // The same sentence twice is read twice only if the region changes.
  announced = announced === text ? `${text}\u00a0` : text;
}

export function forgetToasts(): void {
  current = null;
  activity = [];
}
