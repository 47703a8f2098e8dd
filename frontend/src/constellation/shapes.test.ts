import { describe, expect, it } from "vitest";

import { made } from "./made";
import { corners, mark, rounded } from "./shapes";

type Point = [x: number, y: number];

/** A path that remembers what was drawn as a polygon of points. */
class Trace {
  points: Point[] = [];
  moveTo(x: number, y: number): void { this.points.push([x, y]); }
  lineTo(x: number, y: number): void { this.points.push([x, y]); }
  closePath(): void { /* closed when its area is taken */ }
  rect(x: number, y: number, w: number, h: number): void { this.points.push([x, y], [x + w, y], [x + w, y + h], [x, y + h]); }
  roundRect(x: number, y: number, w: number, h: number): void { this.rect(x, y, w, h); }
  arc(x: number, y: number, r: number, from: number, to: number): void {
    let turn = to - from;
    while (turn < 0) turn += 2 * Math.PI;
    for (let step = 0; step <= 400; step++) this.points.push([x + r * Math.cos(from + (turn * step) / 400), y + r * Math.sin(from + (turn * step) / 400)]);
  }

  get area(): number {
    return Math.abs(this.points.reduce((sum, [x, y], at) => {
      const [u, v] = this.points[(at + 1) % this.points.length]!;
      return sum + (x * v - u * y) / 2;
    }, 0));
  }
}

const traced = (draw: (path: CanvasPath) => void): Trace => {
  const trace = new Trace();
  draw(trace as unknown as CanvasPath);
  return trace;
};

describe("marks", () => {
  it.each([0, 1, 2, 3])("of shape %i have the area of a circle of their radius", (shape) => {
    for (const radius of [0.8, 3, 17]) expect(traced((path) => mark(path, shape, 40, 50, radius)).area / (Math.PI * radius ** 2)).toBeCloseTo(1, 2);
  });
});

describe("outlines", () => {
  const square: Point[] = [[0, 0], [20, 0], [20, 20], [0, 20], [10, 10], [10, 0]];
  const sky = made([[2018, [0, 1, 2, 3, 4, 5]]], square);

  it("have the outer members as corners, in order", () => {
    expect(corners(sky, [4, 2, 5, 0, 3, 1])).toEqual([0, 1, 2, 3]);
  });

  it("of members in a line are a line there and back", () => {
    expect(corners(sky, [0, 5, 1])).toEqual([0, 1]);
  });

  it("stand off their corners everywhere by as much", () => {
    const outline = traced((path) => rounded(path, corners(sky, [0, 1, 2, 3]).map((at) => square[at]!), 5));
    expect(outline.area).toBeCloseTo(20 * 20 + 4 * 20 * 5 + Math.PI * 25, 0);
    const line = traced((path) => rounded(path, [[0, 0], [20, 0]], 5));
    expect(line.area).toBeCloseTo(20 * 10 + Math.PI * 25, 0);
  });
});
