/* The marks of firms and the outlines of alliances, as paths. All shapes of a radius have the same area. */

import type { Sky } from "./scene";

const SQUARE = Math.sqrt(Math.PI) / 2;
const DIAMOND = Math.sqrt(Math.PI / 2);
const TRIANGLE = 2 * Math.sqrt(Math.PI / Math.sqrt(3));
/** How far an outline stands off its firms, in units of radii. */
export const STANDOFF = 7;

type Path = CanvasPath & { closePath(): void };

/** Add a mark to a path: 0 circle, 1 square, 2 diamond, 3 triangle with a corner at the top. */
export function mark(path: Path, shape: number, x: number, y: number, radius: number): void {
  if (shape === 1 && radius > 3) {
    const half = radius * SQUARE;
    path.roundRect(x - half, y - half, 2 * half, 2 * half, Math.min(radius * 0.18, 3));
  } else if (shape === 1 || radius < 1.2) {
    const half = radius * SQUARE;
    path.rect(x - half, y - half, 2 * half, 2 * half);
  } else if (shape === 2) {
    const half = radius * DIAMOND;
    polygon(path, [x, y - half, x + half, y, x, y + half, x - half, y]);
  } else if (shape === 3) {
    const side = radius * TRIANGLE;
    const high = (side * Math.sqrt(3)) / 2;
    polygon(path, [x, y - (2 * high) / 3, x + side / 2, y + high / 3, x - side / 2, y + high / 3]);
  } else {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function polygon(path: Path, points: readonly number[]): void {
  path.moveTo(points[0]!, points[1]!);
  for (let at = 2; at < points.length; at += 2) path.lineTo(points[at]!, points[at + 1]!);
  path.closePath();
}

/** The members of a group that are corners of its convex hull, in order around it (Andrew's monotone chain). */
export function corners(sky: Sky, members: readonly number[]): number[] {
  const { x, y } = sky;
  const order = [...members].sort((one, two) => x[one]! - x[two]! || y[one]! - y[two]! || one - two);
  const turn = (a: number, b: number, c: number): number => (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
  const half = (ordered: readonly number[]): number[] => {
    const kept: number[] = [];
    for (const point of ordered) {
      while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...half(order), ...half(order.reverse())];
}

/** Add the outline around corners in order, everywhere `pad` away from them, with round corners. */
export function rounded(path: Path, points: readonly (readonly [number, number])[], pad: number): void {
  const many = points.length;
  if (many < 2) return;
  for (let at = 0; at < many; at++) {
    const [px, py] = points[(at + many - 1) % many]!;
    const [x, y] = points[at]!;
    const [nx, ny] = points[(at + 1) % many]!;
    const before = Math.atan2(y - py, x - px) - Math.PI / 2;
    const after = Math.atan2(ny - y, nx - x) - Math.PI / 2;
    if (at === 0) path.moveTo(x + pad * Math.cos(before), y + pad * Math.sin(before));
    path.arc(x, y, pad, before, after);
  }
  path.closePath();
}
