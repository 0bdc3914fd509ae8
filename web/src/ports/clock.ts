/** The machine's clock, replaceable in tests. */
export const clock = {
  now: (): number => Date.now(),
};
