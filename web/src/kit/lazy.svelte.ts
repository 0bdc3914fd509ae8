/**
 * A part of a page that comes after what is seen first; nothing stands there until it is here.
 * Without it the page still works: only what a member has asked for says in `failed` that it cannot
 * be had.
 */
export function lazy<C>(
  load: () => Promise<{ default: C }>,
  when: () => boolean = () => true,
  failed: () => void = () => undefined,
): { readonly current: C | null } {
  let current = $state.raw<C | null>(null);
  $effect(() => {
    if (current || !when()) return;
    load().then((module) => {
      current = module.default;
    }, failed);
  });
  return {
    get current() {
      return current;
    },
  };
}
