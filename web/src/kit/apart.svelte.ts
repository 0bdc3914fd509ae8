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
  // Where nothing reacts (in tests of what is pure) no effect is ever run. Whatever asked first
  // remembers the function above for as long as it is there: it must not hold what was made.
  return made.pop() ?? make();
}
