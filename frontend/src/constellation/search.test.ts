import { describe, expect, it } from "vitest";

import { matches } from "./search";

const names = ["General Motors", "Volkswagen", "Mitsubishi Motors", "BMW", "Citroën", "Motor Oil", "A.M. (x)"];
const size = (at: number): number => [50, 48, 10, 28, 4, 1, 1][at]!;
const found = (typed: string, shown: (at: number) => boolean = () => true): string[] => matches(names, typed, size, shown).map((at) => names[at]!);

describe("finding a firm", () => {
  it("puts names that begin with the letters first, then words, then large ones", () => {
    expect(found("motor")).toEqual(["Motor Oil", "General Motors", "Mitsubishi Motors"]);
  });

  it("takes no notice of case and accents", () => {
    expect(found("CITROE")).toEqual(["Citroën"]);
  });

  it("finds letters within words last, and takes signs as they are", () => {
    expect(found("wagen")).toEqual(["Volkswagen"]);
    expect(found(". (")).toEqual(["A.M. (x)"]);
  });

  it("finds nobody who is not shown, and nobody by nothing", () => {
    expect(found("motor", (at) => at !== 0)).toEqual(["Motor Oil", "Mitsubishi Motors"]);
    expect(found("  ")).toEqual([]);
  });
});
