import { describe, expect, it } from "vitest";

import { made, type Signed } from "./made";
import { EVERYTHING, ranks, shownOf, stepsFrom, tieOf, type Narrowed, type Shown } from "./shown";
import type { Sky } from "./scene";

// A-B twice and A-B-C once, C-D later, E-F apart, and A-D of no known year.
const SIGNED: Signed[] = [[2018, [0, 1]], [2019, [0, 1, 2]], [2020, [0, 1]], [2021, [2, 3]], [2022, [4, 5]], [null, [0, 3]]];

function names(sky: Sky, shown: Shown): string {
  return sky.scene.firms.name.filter((_, firm) => shown.firm[firm]).join("");
}

function only(part: Partial<Narrowed>): [Sky, Shown] {
  const sky = made(SIGNED);
  return [sky, shownOf(sky, { ...EVERYTHING, ...part })];
}

describe("what is shown of a scene", () => {
  it("is all of it as the server counted it, when nothing narrows it", () => {
    const [sky, shown] = only({});
    expect(names(sky, shown)).toBe("ABCDEF");
    expect(shown.narrowed).toBe(false);
    expect(shown.alliances).toBe(6);
    expect([...shown.radius]).toEqual(sky.scene.firms.radius);
  });

  it("counts alliances, partners and ties anew in a window of years", () => {
    const [sky, shown] = only({ window: [2019, 2020] });
    expect(names(sky, shown)).toBe("ABC");
    expect([...Array.from(shown.alliancesOf)]).toEqual([2, 2, 1, 0, 0, 0]);
    expect([...Array.from(shown.partnersOf)]).toEqual([2, 2, 2, 0, 0, 0]);
    expect(shown.weight[tieOf(sky, 1, 0)!]).toBe(2);
    expect(shown.alliances).toBe(2);
    expect(shown.firms).toBe(3);
  });

  it("leaves out alliances of no known year once years are chosen, even if all of them are", () => {
    const [sky, shown] = only({ window: [2018, 2023] });
    expect(shown.weight[tieOf(sky, 0, 3)!]).toBe(0);
    expect(shown.alliances).toBe(5);
    expect(only({ window: [-Infinity, 2023] })[1].alliances).toBe(5);
  });

  it("gives the same numbers as the scene for a window that holds everything", () => {
    const dated = SIGNED.filter(([year]) => year !== null);
    const sky = made(dated);
    const shown = shownOf(sky, { ...EVERYTHING, window: [2018, 2023] });
    expect(Array.from(shown.alliancesOf)).toEqual(sky.scene.firms.alliances);
    expect(Array.from(shown.partnersOf)).toEqual(sky.scene.firms.degree);
    expect(Array.from(shown.weight)).toEqual(sky.scene.ties.weight);
    expect(Array.from(shown.rankOf)).toEqual(sky.scene.firms.rank);
    expect([...shown.radius]).toEqual(sky.scene.firms.radius);
  });

  it("draws no tie of a firm that is not shown, and makes ties thinner with fewer alliances", () => {
    const [sky, shown] = only({ window: [2018, 2018] });
    expect(shown.pens.flatMap((pen) => pen.ties)).toEqual([tieOf(sky, 0, 1)]);
    expect(shown.pens[0]!.width).toBe(0.6);
    const [, twice] = only({ window: [2018, 2019] });
    expect(Math.max(...twice.pens.map((pen) => pen.width))).toBe(1.6);
  });

  it("shows a firm and those within some steps of it", () => {
    const [sky, near] = only({ ego: 1 });
    expect(names(sky, near)).toBe("ABC");
    // A-B, A-B-C and A-B again; those with D have only one partner here.
    expect(near.alliances).toBe(3);
    const [, far] = only({ ego: 1, distance: 2 });
    expect(names(sky, far)).toBe("ABCD");
  });

  it("shows the largest component, and firms with enough alliances", () => {
    const [sky, main] = only({ main: true });
    expect(names(sky, main)).toBe("ABCD");
    const [, busy] = only({ least: 2 });
    expect(names(sky, busy)).toBe("ABCD");
    const [, busier] = only({ least: 3 });
    expect(names(sky, busier)).toBe("AB");
  });

  it("shows nobody in years of nothing, and for an ego without alliances there", () => {
    const [, empty] = only({ window: [1990, 1991] });
    expect([empty.firms, empty.alliances, empty.pens.length]).toEqual([0, 0, 0]);
    const [, alone] = only({ window: [2022, 2022], ego: 0 });
    expect(alone.firms).toBe(0);
  });

  it("measures steps along ties that count", () => {
    const sky = made(SIGNED);
    const without = sky.scene.ties.weight.map((much, tie) => (tie === tieOf(sky, 0, 3) ? 0 : much));
    expect([...stepsFrom(sky, 3, 3, sky.scene.ties.weight)]).toEqual([1, 2, 1, 0, -1, -1]);
    expect([...stepsFrom(sky, 3, 3, without)]).toEqual([2, 2, 1, 0, -1, -1]);
  });

  it("ranks equal firms alike", () => {
    expect(ranks([5, 7, 5, 1, 9], Uint8Array.of(1, 1, 1, 1, 0))).toEqual([2, 1, 2, 4, null]);
  });
});
