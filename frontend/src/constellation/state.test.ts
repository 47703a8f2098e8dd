import { describe, expect, it } from "vitest";

import { cameraChanges, cameraOf, changed, filterQuery, Past, sceneQuery, viewPairs, yearsOf } from "./state";

const QUERY = "since=2021&v.place=China&v.place=Europe&size=degree&ego=A%26B&x=3.5&y=4&z=2&firm=Fiat&list=1&hulls=1&lit=c2";

describe("the view as an address", () => {
  it("sets, changes and takes out parts, the others staying as they are", () => {
    expect(changed("size=degree&least=2", { least: 3, colour: "community" })).toBe("size=degree&least=3&colour=community");
    expect(changed("size=degree&least=2", { least: null, size: "" })).toBe("");
    expect(changed("v.place=a&v.place=b", { ego: "X & Y" })).toBe("v.place=a&v.place=b&ego=X+%26+Y");
  });

  it("asks the server only for what the server makes", () => {
    expect(sceneQuery(QUERY)).toBe("since=2021&v.place=China&v.place=Europe&size=degree&ego=A%26B");
  });

  it("tells the filter of alliances from the view", () => {
    expect(filterQuery(QUERY)).toBe("since=2021&v.place=China&v.place=Europe");
    expect(viewPairs("since=2021&v.place=China&size=degree")).toEqual([["size", "degree"]]);
  });

  it("reads the camera it wrote, and none where there is none or nonsense", () => {
    const camera = { x: 512.34, y: 99.5, z: 3.25 };
    const read = cameraOf(changed("", cameraChanges(camera)))!;
    expect(read.x).toBeCloseTo(camera.x, 0);
    expect(read.z).toBe(3.25);
    expect(cameraOf("size=degree")).toBeNull();
    expect(cameraOf("x=1&y=2&z=0")).toBeNull();
    expect(cameraOf("x=a&y=2&z=1")).toBeNull();
    expect(cameraOf("x=1&y=2")).toBeNull();
    expect(changed("x=1&y=2&z=3&size=core", cameraChanges(null))).toBe("size=core");
  });

  it("takes the year of a date for the slider", () => {
    expect(yearsOf("since=2021-05&until=2022")).toEqual([2021, 2022]);
    expect(yearsOf("until=soon")).toEqual([null, null]);
  });
});

describe("undo of the view", () => {
  it("goes back and on through deliberate changes", () => {
    const past = new Past("a");
    past.go("b");
    past.go("c");
    expect([past.undo(), past.undo(), past.undo()]).toEqual(["b", "a", null]);
    expect([past.redo(), past.redo(), past.redo()]).toEqual(["b", "c", null]);
  });

  it("forgets what was undone when something else is done", () => {
    const past = new Past("a");
    past.go("b");
    past.undo();
    past.go("c");
    expect(past.canRedo).toBe(false);
    expect(past.undo()).toBe("a");
  });

  it("does not count where one looks as a step, but comes back to it", () => {
    const past = new Past("a");
    past.amend("a&x=1");
    past.go("b");
    past.amend("b&x=2");
    expect(past.undo()).toBe("a&x=1");
    expect(past.redo()).toBe("b&x=2");
  });

  it("understands the browser's own back and forward", () => {
    const past = new Past("a");
    past.go("b");
    past.arrive("a");
    expect(past.canUndo).toBe(false);
    past.arrive("b");
    expect([past.canUndo, past.canRedo]).toEqual([true, false]);
    past.arrive("elsewhere");
    expect(past.undo()).toBe("b");
  });

  it("does nothing for the same view again, and does not grow for ever", () => {
    const past = new Past("0", 3);
    past.go("0");
    expect(past.canUndo).toBe(false);
    for (const step of "123456") past.go(step);
    expect([past.undo(), past.undo(), past.undo(), past.undo()]).toEqual(["5", "4", "3", null]);
  });
});
