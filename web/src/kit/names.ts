/** The name by which one is called, of a whole name. */
export const firstName = (name: string): string => name.split(" ")[0] ?? name;
