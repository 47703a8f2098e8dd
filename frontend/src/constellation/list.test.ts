import { describe, expect, it } from "vitest";

import { sorted } from "./list";

describe("the order of the list", () => {
  const values: (number | null)[] = [3, null, 7, 3];

  it("is that of a column, equal ones in their old order", () => {
    expect(sorted([0, 2, 3], (firm) => values[firm]!, true)).toEqual([2, 0, 3]);
    expect(sorted([0, 2, 3], (firm) => values[firm]!, false)).toEqual([0, 3, 2]);
  });

  it("has what is missing last, whichever way it goes", () => {
    for (const down of [true, false]) expect(sorted([1, 0, 2], (firm) => values[firm]!, down).at(-1)).toBe(1);
  });

  it("compares names as words are compared", () => {
    const names = ["Zeekr", "Éole", "BMW"];
    expect(sorted([0, 1, 2], (firm) => names[firm]!, false)).toEqual([2, 1, 0]);
  });
});
