import { describe, expect, it } from "vitest";
import { find, match, safeNext } from "./paths.ts";

describe("match", () => {
  it.each([
    ["/", "/", {}],
    ["/in/:handle", "/in/camille-perrin", { handle: "camille-perrin" }],
    ["/messages/:view?/:id?", "/messages", {}],
    ["/messages/:view?/:id?", "/messages/unread/42/", { view: "unread", id: "42" }],
    ["/in/:handle", "/in/%C3%A9lodie", { handle: "élodie" }],
  ])("%s takes %s", (pattern, path, params) => expect(match(pattern, path)).toEqual(params));

  it.each([
    ["/in/:handle", "/in"],
    ["/in/:handle", "/in/a/b"],
    ["/settings", "/setting"],
    ["/in/:handle", "/in/%E0%A4%A"],
  ])("%s does not take %s", (pattern, path) => expect(match(pattern, path)).toBeNull());

  it("takes the first of several", () => {
    const routes = [{ path: "/network/:tab?" }, { path: "/:else" }];
    expect(find(routes, "/network")?.route.path).toBe("/network/:tab?");
    expect(find(routes, "/elsewhere")?.params).toEqual({ else: "elsewhere" });
    expect(find(routes, "/a/b/c")).toBeNull();
  });
});

describe("safeNext", () => {
  it("leads back only to our own pages", () => {
    expect(safeNext("/messages/42?at=3")).toBe("/messages/42?at=3");
    for (const evil of ["//evil.example", "/\\evil.example", "https://evil.example", "", null])
      expect(safeNext(evil)).toBe("/");
  });
});
