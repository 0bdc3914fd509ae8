/** A part of a page that comes after what is seen first; nothing stands there until it is here. */
export function lazy<C>(
  load: () => Promise<{ default: C }>,
  when: () => boolean = () => true,
): { readonly current: C | null } {
  let current = $state.raw<C | null>(null);
  $effect(() => {
    if (current || !when()) return;
    load().then(
      (module) => {
        current = module.default;
      },
      // What is lazy is never what the page is for: without it the page still works.
      () => undefined,
    );
  });
  return {
    get current() {
      return current;
    },
  };
}
