import { expect, it } from "vitest";
import { shown } from "./captions.ts";

const about = (spoken: string, read: string, muted = false) => ({ spoken, read, muted });

it("shows subtitles by itself to who hears nothing or does not know the language", () => {
  const tracks = ["en", "fr"];
  expect(shown(tracks, "auto", about("en", "en"))).toBeNull();
  expect(shown(tracks, "auto", about("en-GB", "en", true))).toBe("en");
  expect(shown(tracks, "auto", about("en", "fr"))).toBe("fr");
  expect(shown(["de"], "auto", about("en", "fr"))).toBeNull();
  expect(shown(["de"], "auto", about("de", "fr", true))).toBe("de");
});

it("does as was chosen, in what there is", () => {
  expect(shown(["en", "fr"], "", about("en", "fr", true))).toBeNull();
  expect(shown(["en", "fr-CH"], "fr", about("en", "en"))).toBe("fr-CH");
  expect(shown(["en"], "fr", about("en", "en"))).toBe("en");
  expect(shown([], "fr", about("en", "fr", true))).toBeNull();
});
