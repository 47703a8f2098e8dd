import { describe, expect, it } from "vitest";

import { around, between, held, lens, levelOf, panned, same, whole, zoomed, CLOSEST, type Camera } from "./camera";

const frame = { width: 1200, height: 860 };
const view = { width: 1144, height: 700 };

/** Where a point of the scene is on the screen. */
function seen(camera: Camera, x: number, y: number): [number, number] {
  const through = lens(camera, frame, view);
  return [x * through.scale + through.left, y * through.scale + through.top];
}

describe("the camera", () => {
  it("shows the whole scene in the middle of the viewport", () => {
    const [left, top] = seen(whole(frame), 0, 0);
    const [right, bottom] = seen(whole(frame), 1200, 860);
    expect(top).toBeCloseTo(0);
    expect(bottom).toBeCloseTo(700);
    expect(left).toBeCloseTo(1144 - right);
  });

  it("follows the formulas of the exports: places by z, radii by its root, lines by z to 0.35, text not at all", () => {
    const at = lens({ x: 600, y: 430, z: 4 }, frame, view);
    const unit = 700 / 860;
    expect(at.scale).toBeCloseTo(4 * unit);
    expect(at.mark).toBeCloseTo(2 * unit);
    expect(at.pen).toBeCloseTo(4 ** 0.35 * unit);
    expect(at.unit).toBeCloseTo(unit);
    expect(at.level).toBe(2);
  });

  it("keeps what is under the pointer there while it zooms", () => {
    const before: Camera = { x: 500, y: 400, z: 1.5 };
    const through = lens(before, frame, view);
    const [px, py] = [300, 200];
    const [x, y] = [(px - through.left) / through.scale, (py - through.top) / through.scale];
    const [nowX, nowY] = seen(zoomed(before, 1.7, px, py, frame, view), x, y);
    expect(nowX).toBeCloseTo(px);
    expect(nowY).toBeCloseTo(py);
  });

  it("moves the picture by as many pixels as the hand", () => {
    const before: Camera = { x: 600, y: 430, z: 3 };
    const [x, y] = seen(before, 610, 440);
    const [nowX, nowY] = seen(panned(before, 40, -25, frame, view), 610, 440);
    expect(nowX - x).toBeCloseTo(40);
    expect(nowY - y).toBeCloseTo(-25);
  });

  it("stays over the scene and within its zoom", () => {
    expect(held({ x: -500, y: 9000, z: 1000 }, frame)).toEqual({ x: 0, y: 860, z: CLOSEST });
    let camera = whole(frame);
    for (let turn = 0; turn < 100; turn++) camera = zoomed(camera, 0.5, 10, 10, frame, view);
    expect(camera.z).toBe(0.2);
  });

  it("flies from one place to another without leaving the way", () => {
    const [from, to] = [whole(frame), { x: 100, y: 100, z: 9 }];
    expect(same(between(from, to, 0), from)).toBe(true);
    expect(same(between(from, to, 1), to)).toBe(true);
    const half = between(from, to, 0.5);
    expect(half.z).toBeCloseTo(3);
    expect(half.x).toBeGreaterThan(100);
    expect(half.x).toBeLessThan(600);
    expect(between({ x: 0, y: 0, z: 2 }, { x: 10, y: 20, z: 2 }, 0.25)).toEqual({ x: 2.5, y: 5, z: 2 });
  });

  it("frames a box so that all of it is seen, and a single firm from not too near", () => {
    const camera = around({ left: 200, top: 300, right: 500, bottom: 400 }, frame, view);
    const [left, top] = seen(camera, 200, 300);
    const [right, bottom] = seen(camera, 500, 400);
    expect(Math.min(left, top)).toBeGreaterThan(0);
    expect(right).toBeLessThan(1144);
    expect(bottom).toBeLessThan(700);
    expect(around({ left: 50, top: 50, right: 50, bottom: 50 }, frame, view).z).toBeLessThanOrEqual(12);
  });

  it("chooses the labels by the zoom, and fewer where a small screen shows text larger", () => {
    expect([0.3, 1, 1.99, 2, 63, 64].map(levelOf)).toEqual([0, 0, 0, 1, 5, 5]);
    const phone = lens({ x: 600, y: 430, z: 4 }, frame, { width: 390, height: 500 });
    expect(phone.enlarged).toBeGreaterThan(2);
    expect(phone.level).toBeLessThan(2);
  });
});
