import { describe, expect, it } from "vitest";

import { made } from "./made";
import { closest } from "./partners";
import { other } from "./scene";
import { EVERYTHING, shownOf } from "./shown";

describe("closest partners", () => {
  const sky = made([[2018, [0, 1]], [2019, [0, 1]], [2020, [0, 2]], [2021, [0, 3]], [2021, [3, 4]]]);

  it("come by their alliances with the firm, then by all that they have", () => {
    expect(closest(sky, shownOf(sky, EVERYTHING), 0).map((tie) => other(sky, tie, 0))).toEqual([1, 3, 2]);
  });

  it("are only those of the years that are shown", () => {
    expect(closest(sky, shownOf(sky, { ...EVERYTHING, window: [2020, 2020] }), 0).map((tie) => other(sky, tie, 0))).toEqual([2]);
    expect(closest(sky, shownOf(sky, { ...EVERYTHING, window: [1990, 1990] }), 0)).toEqual([]);
  });
});
