import { describe, expect, it } from "vitest";

import { beside, meaning, nextOpen } from "./keys";

const ANSWERS = ["1", "2", "3", "a"];

describe("keys", () => {
  it("give the answers of the question that is shown and no others", () => {
    expect(meaning({ key: "2" }, ANSWERS)).toEqual({ does: "answer", key: "2" });
    expect(meaning({ key: "A" }, ANSWERS)).toEqual({ does: "answer", key: "a" });
    expect(meaning({ key: "4" }, ANSWERS)).toBeNull();
    expect(meaning({ key: "b" }, ANSWERS)).toBeNull();
  });

  it.each([
    ["0", "missing"], ["x", "missing"], ["X", "missing"], ["u", "unsure"], ["n", "note"], ["s", "skip"], ["?", "help"],
    ["Enter", "next"], [" ", "next"], ["Backspace", "back"], ["ArrowLeft", "left"], ["ArrowRight", "right"],
  ])("%s means %s", (key, does) => {
    expect(meaning({ key }, ANSWERS)).toEqual({ does });
  });

  it("keep their fixed meaning whatever the answers are", () => {
    expect(meaning({ key: "s" }, ["s", "x"])).toEqual({ does: "skip" });
  });

  it("are text while one writes, all of them", () => {
    for (const key of ["1", "x", "Enter", " ", "Backspace", "?"]) expect(meaning({ key, on: "text" }, ANSWERS)).toBeNull();
  });

  it("leave a focused choice and a focused button their own work", () => {
    expect(meaning({ key: " ", on: "choice" }, ANSWERS)).toBeNull();
    expect(meaning({ key: "ArrowLeft", on: "choice" }, ANSWERS)).toBeNull();
    expect(meaning({ key: "Enter", on: "choice" }, ANSWERS)).toEqual({ does: "next" });
    expect(meaning({ key: "Enter", on: "control" }, ANSWERS)).toBeNull();
    expect(meaning({ key: "2", on: "control" }, ANSWERS)).toEqual({ does: "answer", key: "2" });
  });

  it("are not ours with Ctrl, Alt or Meta, nor while a letter is composed", () => {
    expect(meaning({ key: "1", modified: true }, ANSWERS)).toBeNull();
    expect(meaning({ key: "1", composing: true }, ANSWERS)).toBeNull();
  });
});

describe("going on", () => {
  const names = ["form", "place", "focus"];

  it("leads to the next open question, from the beginning again at the end", () => {
    expect(nextOpen(names, new Set(["place", "focus"]), "form")).toBe("place");
    expect(nextOpen(names, new Set(["form"]), "focus")).toBe("form");
    expect(nextOpen(names, new Set(["form", "focus"]), "place")).toBe("focus");
  });

  it("stays where all is answered, or nothing else is open", () => {
    expect(nextOpen(names, new Set(), "form")).toBeNull();
    expect(nextOpen(names, new Set(["form"]), "form")).toBeNull();
  });

  it("steps to the questions beside and not beyond the ends", () => {
    expect(beside(names, "place", -1)).toBe("form");
    expect(beside(names, "place", 1)).toBe("focus");
    expect(beside(names, "form", -1)).toBeNull();
    expect(beside(names, "focus", 1)).toBeNull();
  });
});
