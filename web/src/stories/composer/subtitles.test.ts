import { expect, it } from "vitest";
import { read, typedOf } from "./subtitles.ts";

it("are read as they are typed", () => {
  expect(read("0:03 Hello\n\n 0:04.5 there \n1:00–1:00,25 The end")).toEqual([
    { from: 3_000, to: 4_500, text: "Hello" },
    { from: 4_500, to: 7_500, text: "there" },
    { from: 60_000, to: 60_250, text: "The end" },
  ]);
  expect(read("")).toEqual([]);
  expect(read("0:10 Later\n0:02-0:20 Sooner")).toEqual([
    { from: 2_000, to: 20_000, text: "Sooner" },
    { from: 10_000, to: 13_000, text: "Later" },
  ]);
});

it("say which line cannot be read", () => {
  expect(read("0:03 Hello\n\nthere")).toBe(3);
  expect(read("0:03")).toBe(1);
  expect(read("0:03-0:02 Backwards")).toBe(1);
  expect(read("1:01 After the film")).toBe(1);
});

it("come from files", () => {
  const vtt =
    "WEBVTT\n\nNOTE --\nnothing\n\n00:01.000 --> 00:02.500 align:start\n<b>Hello</b>\nthere\n";
  expect(typedOf(vtt)).toBe("0:01–0:02.5 Hello there");
  const srt =
    "1\r\n00:00:59,000 --> 00:01:00,000\r\nThe end\r\n\r\n2\r\n00:00:01,000 --> 00:00:02,000\r\n\r\n";
  expect(typedOf(srt)).toBe("0:59–1:00 The end");
  expect(read(typedOf(srt))).toEqual([{ from: 59_000, to: 60_000, text: "The end" }]);
  expect(typedOf("no subtitles at all")).toBe("");
});
