import { describe, expect, it } from "vitest";
import { asked, decoded, encoded, mentionable } from "./mentions.ts";

describe("mentions", () => {
  const named = new Map([
    ["Ana Ruiz", "1"],
    ["Ana Ruiz Vega", "2"],
  ]);

  it("come back as they were", () => {
    const kept = "Ask @[Ana Ruiz](member:1), or @[Ana Ruiz Vega](member:2)!";
    const { text, named } = decoded(kept);
    expect(text).toBe("Ask @Ana Ruiz, or @Ana Ruiz Vega!");
    expect(encoded(text, named)).toBe(kept);
  });

  it("are whole names only", () => {
    expect(encoded("@Ana Ruizette and mail@Ana", named)).toBe("@Ana Ruizette and mail@Ana");
  });

  it("hold no sign that would end them", () => {
    expect(mentionable("Eve](member:9) [x")).toBe("Eve  member:9   x".trim());
  });

  it("are asked for after an @ at the caret", () => {
    expect(asked("Hello @be", 9)).toEqual({ from: 6, query: "be" });
    expect(asked("Hello @", 7)).toEqual({ from: 6, query: "" });
    expect(asked("a@b", 3)).toBeNull();
    expect(asked("@Ben said this", 14)).toBeNull();
  });
});
