import { describe, expect, it } from "vitest";

import { exported } from "./export";

describe("the address of a file", () => {
  it("has the view, the camera, the window and the theme, and nothing that only the page knows", () => {
    const stage = { camera: { x: 600, y: 430, z: 1.5 }, painter: { view: { width: 5000.4, height: 120 }, inks: { dark: true } } };
    const query = new URLSearchParams(exported("colour=community&firm=BMW&list=1&lit=c1", stage));
    expect(Object.fromEntries(query)).toEqual({ colour: "community", x: "600.0", y: "430.0", z: "1.5", w: "4000", h: "200", theme: "dark" });
  });
});
