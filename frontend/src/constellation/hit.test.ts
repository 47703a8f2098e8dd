import { describe, expect, it } from "vitest";

import { lens } from "./camera";
import { central, fromSegment, Grid, tieAt, towards } from "./hit";
import { made } from "./made";
import { EVERYTHING, shownOf } from "./shown";

const FRAME = { width: 1200, height: 860 };
const THROUGH = lens({ x: 600, y: 430, z: 1 }, FRAME, FRAME);

// A in the middle, B to its right, C far right and a little up, D below, E left.
const sky = made([[2018, [0, 1]], [2019, [0, 2]], [2020, [0, 3, 4]]], [[600, 430], [700, 440], [900, 380], [610, 600], [300, 430]]);
const shown = shownOf(sky, EVERYTHING);

describe("what lies under a point", () => {
  const grid = new Grid(sky);

  it("is the firm whose mark is there, or just beside it", () => {
    expect(grid.at(600, 430, THROUGH, shown)).toBe(0);
    expect(grid.at(700 + shown.radius[1]! + 3, 440, THROUGH, shown)).toBe(1);
    expect(grid.at(700 + shown.radius[1]! + 6, 440, THROUGH, shown)).toBe(-1);
    expect(grid.at(-50, -50, THROUGH, shown)).toBe(-1);
  });

  it("is found at every zoom, for each firm of a crowd", () => {
    const crowd = made(Array.from({ length: 7 }, (_, firm) => [2018, [firm, firm + 1]]), Array.from({ length: 8 }, (_, firm) => [3 + 170 * firm, 5 + 120 * firm]));
    const all = shownOf(crowd, EVERYTHING);
    const index = new Grid(crowd);
    for (const z of [0.2, 1, 7, 64]) {
      for (let firm = 0; firm < 8; firm++) {
        const through = lens({ x: crowd.x[firm]!, y: crowd.y[firm]!, z }, FRAME, { width: 900, height: 600 });
        expect(index.at(450, 300, through, all)).toBe(firm);
      }
    }
  });

  it("is nobody who is not shown", () => {
    const early = shownOf(sky, { ...EVERYTHING, window: [2018, 2018] });
    expect(grid.at(900, 380, THROUGH, early)).toBe(-1);
    expect(grid.at(700, 440, THROUGH, early)).toBe(1);
  });

  it("is the tie that passes by, and none of a tie that is not drawn", () => {
    const tie = tieAt(sky, shown, 750, 407, THROUGH);
    expect([sky.source[tie], sky.target[tie]]).toEqual([0, 2]);
    expect(tieAt(sky, shown, 750, 470, THROUGH)).toBe(-1);
    expect(tieAt(sky, shownOf(sky, { ...EVERYTHING, window: [2018, 2018] }), 850, 390, THROUGH)).toBe(-1);
  });

  it("measures to the ends of a tie, and to one of no length", () => {
    expect(fromSegment(-3, 4, 0, 0, 10, 0)).toBe(5);
    expect(fromSegment(5, 2, 0, 0, 10, 0)).toBe(2);
    expect(fromSegment(3, 4, 0, 0, 0, 0)).toBe(5);
  });
});

describe("arrow keys", () => {
  it("go to the nearest firm in their direction", () => {
    expect(towards(sky, shown, 0, "right")).toBe(1);
    expect(towards(sky, shown, 1, "right")).toBe(2);
    expect(towards(sky, shown, 0, "left")).toBe(4);
    expect(towards(sky, shown, 0, "down")).toBe(3);
    expect(towards(sky, shown, 0, "up")).toBe(-1);
  });

  it("begin with a large firm near the middle of what is seen", () => {
    expect(central(sky, shown, 640, 430)).toBe(0);
    expect(central(sky, shownOf(sky, { ...EVERYTHING, window: [1990, 1990] }), 640, 430)).toBe(-1);
  });
});
