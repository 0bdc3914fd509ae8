import { describe, expect, it } from "vitest";
import { clashes, unusable } from "./choosing.ts";
import { ariaKeys, chordOf, isSingleCharacter, type Press, printed } from "./chords.ts";
import { Registry, SEQUENCE_MS } from "./registry.ts";

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("chordOf", () => {
  it.each([
    [press("e"), "e"],
    [press("E"), "e"],
    [press("E", { shiftKey: true }), "Shift+e"],
    [press("k", { ctrlKey: true }), "Mod+k"],
    [press("ArrowDown", { shiftKey: true }), "Shift+ArrowDown"],
    [press(" "), "Space"],
  ])("names %o", (given, name) => expect(chordOf(given, false)).toBe(name));

  it("never asks for Shift with a sign: AZERTY needs it where QWERTY does not", () => {
    expect(chordOf(press("?", { shiftKey: true }), false)).toBe("?");
    expect(chordOf(press("/", { shiftKey: true }), false)).toBe("/");
    expect(chordOf(press("1", { shiftKey: true }), false)).toBe("1");
    expect(chordOf(press("*"), false)).toBe("*");
  });

  it("takes the place of the key where the layout has no Latin letters", () => {
    expect(chordOf(press("у", { code: "KeyE" }), false)).toBe("e");
    expect(chordOf(press("é", { code: "Digit2" }), false)).toBe("é");
  });

  it("leaves AltGr and the other system's modifier alone", () => {
    expect(chordOf(press("@", { ctrlKey: true, altKey: true }), false)).toBe("@");
    expect(chordOf(press("k", { metaKey: true }), false)).toBeNull();
    expect(chordOf(press("k", { ctrlKey: true }), true)).toBeNull();
    expect(chordOf(press("k", { metaKey: true }), true)).toBe("Mod+k");
  });

  it("is nothing while only a modifier is held, or a letter is being composed", () => {
    for (const key of ["Shift", "Control", "Meta", "AltGraph", "Dead", "Process"])
      expect(chordOf(press(key), false)).toBeNull();
  });
});

describe("printed and named keys", () => {
  it("prints by platform", () => {
    expect(printed("Mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(printed("Mod+k", true)).toEqual(["⌘", "K"]);
    expect(printed("g h", false)).toEqual(["G", "H"]);
    expect(printed("Shift+ArrowDown", false)).toEqual(["⇧", "↓"]);
  });

  it("names chords for screen readers, but no sequences", () => {
    expect(ariaKeys("Mod+k", false)).toBe("Control+k");
    expect(ariaKeys("g h", false)).toBeUndefined();
  });

  it("knows what WCAG 2.1.4 is about", () => {
    expect(["e", "?", "Shift+e", "g h", "* a"].every(isSingleCharacter)).toBe(true);
    expect(["Mod+k", "Escape", "ArrowDown", "Shift+ArrowDown"].some(isSingleCharacter)).toBe(false);
  });

  it("refuses what the browser or the page needs", () => {
    expect(unusable("Mod+t")).toBe("browser");
    expect(unusable("Tab")).toBe("system");
    expect(unusable("g x")).toBeNull();
  });
});

describe("Registry", () => {
  const filled = (): { registry: Registry; ran: string[] } => {
    const registry = new Registry();
    const ran: string[] = [];
    registry.define([
      { id: "a.home", label: "", keys: ["g h"], scope: "global" },
      { id: "a.help", label: "", keys: ["?"], scope: "global" },
      { id: "a.palette", label: "", keys: ["Mod+k"], scope: "global", typing: true },
      { id: "b.archive", label: "", keys: ["e"], scope: "list" },
      { id: "c.ignore", label: "", keys: ["e"], scope: "list" },
      { id: "b.all", label: "", keys: ["* a"], scope: "list" },
    ]);
    for (const id of ["a.home", "a.help", "a.palette", "b.archive", "b.all"])
      registry.bind({ [id]: () => void ran.push(id) });
    return { registry, ran };
  };

  it("runs a key, a chord and a sequence", () => {
    const { registry, ran } = filled();
    expect(registry.press("e", 0, false)).toBe("ran");
    expect(registry.press("g", 10, false)).toBe("begun");
    expect(registry.press("h", 20, false)).toBe("ran");
    expect(registry.press("Mod+k", 30, false)).toBe("ran");
    expect(ran).toEqual(["b.archive", "a.home", "a.palette"]);
  });

  it("forgets a sequence after a second, and takes the second key by itself", () => {
    const { registry, ran } = filled();
    registry.press("g", 0, false);
    expect(registry.press("h", SEQUENCE_MS + 1, false)).toBeNull();
    registry.press("g", 5000, false);
    expect(registry.press("e", 5010, false)).toBe("ran");
    expect(ran).toEqual(["b.archive"]);
  });

  it("leaves typing alone but for what says that it may", () => {
    const { registry, ran } = filled();
    expect(registry.press("e", 0, true)).toBeNull();
    expect(registry.press("Mod+k", 0, true)).toBe("ran");
    expect(ran).toEqual(["a.palette"]);
  });

  it("ignores what nobody is there to do", () => {
    const { registry } = filled();
    const undo = registry.bind({ "c.ignore": () => undefined });
    undo();
    expect(registry.isBound("c.ignore")).toBe(false);
    expect(registry.press("x", 0, false)).toBeNull();
  });

  it("asks the last one to come first, who may pass", () => {
    const { registry, ran } = filled();
    let passes = false;
    registry.bind({ "b.archive": () => (passes ? false : void ran.push("later")) });
    registry.press("e", 0, false);
    passes = true;
    registry.press("e", 1, false);
    expect(ran).toEqual(["later", "b.archive"]);
  });

  it("can be switched off, all but chords", () => {
    const { registry, ran } = filled();
    registry.singleKeys = false;
    for (const chord of ["e", "g", "h", "?"]) expect(registry.press(chord, 0, false)).toBeNull();
    registry.press("Mod+k", 0, false);
    expect(ran).toEqual(["a.palette"]);
  });

  it("can be remapped, and says what clashes", () => {
    const { registry, ran } = filled();
    registry.remapping = { "b.archive": ["y"] };
    expect(registry.press("e", 0, false)).toBeNull();
    registry.press("y", 0, false);
    expect(ran).toEqual(["b.archive"]);
    const clash = (keys: string) =>
      clashes(registry.all(), (id) => registry.keysOf(id), "b.archive", keys).map(({ id }) => id);
    expect(clash("g")).toEqual(["a.home"]);
    expect(clash("e")).toEqual(["c.ignore"]);
    expect(clash("q")).toEqual([]);
  });
});
