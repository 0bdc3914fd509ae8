/**
 * True only when `busy` lasts: nothing for `wait` ms, then for at least `least` ms, so that a
 * quick answer never flickers.
 */
export function delayed(
  busy: () => boolean,
  { wait = 150, least = 300 } = {},
): { readonly shown: boolean } {
  let shown = $state.raw(false);
  let since = 0;
  $effect(() => {
    if (busy()) {
      const timer = setTimeout(() => {
        shown = true;
        since = performance.now();
      }, wait);
      return () => clearTimeout(timer);
    }
    const rest = least - (performance.now() - since);
    if (rest <= 0) {
      shown = false;
      return;
    }
    const timer = setTimeout(() => {
      shown = false;
    }, rest);
    return () => clearTimeout(timer);
  });
  return {
    get shown() {
      return shown;
    },
  };
}
