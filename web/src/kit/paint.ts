/** Runs `fn` after the next frame was painted, so that what a key changed is seen first. */
export function afterPaint(fn: () => void): () => void {
  let cancelled = false;
  const run = () => {
    if (!cancelled) fn();
  };
  // A hidden tab has no frames; work must not wait for one there.
  if (document.visibilityState === "hidden") setTimeout(run);
  else
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = run;
      channel.port2.postMessage(null);
    });
  return () => {
    cancelled = true;
  };
}
