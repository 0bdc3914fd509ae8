/**
 * Makes state outside of whatever is being worked out. What is made inside a reaction is not
 * watched by it, also not when it is untracked: it would never see its own first change; and what
 * it derives would end with the part of the page that asked first.
 */
export function apart<T>(make: () => T): T {
  const made: T[] = [];
  $effect.root(() => {
    made.push(make());
  });
  // Where nothing reacts (in tests of what is pure) no effect is ever run.
  return made[0] ?? make();
}
