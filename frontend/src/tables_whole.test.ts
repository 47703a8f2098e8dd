import { describe, expect, it } from "vitest";

import { compare, folded, words } from "./tables_whole";

describe("a table without a server", () => {
  it("folds accents, capitals, spaces and letters of their own", () => {
    expect(folded("  Citroën  GROẞ Ｆｏｒｄ Łódź ")).toBe("citroen gross ford lodz");
  });

  it("takes words, and texts in quotes as they stand", () => {
    expect(words('Škoda "joint  venture" 2021')).toEqual(["skoda", "joint venture", "2021"]);
    expect(words('"joint ven')).toEqual(["joint", "ven"]);
    expect(words(' "" ')).toEqual([]);
  });

  it("puts what is missing last whichever way is sorted", () => {
    const keys = [3, null, 1, 2, null];
    expect([...keys].sort((one, other) => compare(one, other, false))).toEqual([1, 2, 3, null, null]);
    expect([...keys].sort((one, other) => compare(one, other, true))).toEqual([3, 2, 1, null, null]);
  });
});
