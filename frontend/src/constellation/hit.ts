/* What lies under a point: firms by a grid over the scene, ties by their distance; and the nearest firm in a direction. */

import type { Lens } from "./camera";
import type { Sky } from "./scene";
import type { Shown } from "./shown";

const CELL = 24;
/** Pixels beside a mark or a tie that still mean it. */
const NEAR_FIRM = 4;
const NEAR_TIE = 5;

export class Grid {
  private readonly cells = new Map<number, number[]>();
  private readonly columns: number;

  constructor(private readonly sky: Sky) {
    this.columns = Math.ceil(sky.scene.width / CELL) + 4;
    for (let firm = 0; firm < sky.size; firm++) {
      const key = this.key(this.cell(sky.x[firm]!), this.cell(sky.y[firm]!));
      const cell = this.cells.get(key);
      if (cell) cell.push(firm);
      else this.cells.set(key, [firm]);
    }
  }

  private cell(place: number): number {
    return Math.floor(place / CELL);
  }

  private key(column: number, row: number): number {
    return (row + 1) * this.columns + column + 1;
  }

  /** The firm under a point of the viewport; -1: none. Of several the one whose rim is nearest. */
  at(px: number, py: number, lens: Lens, shown: Shown): number {
    const { x, y } = this.sky;
    const sx = (px - lens.left) / lens.scale;
    const sy = (py - lens.top) / lens.scale;
    const reach = (this.sky.scene.sizing.largest * 1.4 * lens.mark + NEAR_FIRM) / lens.scale;
    let best = -1;
    let nearest = NEAR_FIRM;
    for (let row = this.cell(sy - reach); row <= this.cell(sy + reach); row++) {
      for (let column = this.cell(sx - reach); column <= this.cell(sx + reach); column++) {
        for (const firm of this.cells.get(this.key(column, row)) ?? []) {
          if (!shown.firm[firm]) continue;
          const away = Math.hypot(x[firm]! - sx, y[firm]! - sy) * lens.scale - shown.radius[firm]! * lens.mark;
          if (away < nearest) [best, nearest] = [firm, away];
        }
      }
    }
    return best;
  }
}

/** The tie under a point of the viewport; -1: none. */
export function tieAt(sky: Sky, shown: Shown, px: number, py: number, lens: Lens): number {
  const sx = (px - lens.left) / lens.scale;
  const sy = (py - lens.top) / lens.scale;
  let nearest = NEAR_TIE / lens.scale;
  let best = -1;
  for (const pen of shown.pens) {
    for (const tie of pen.ties) {
      const ax = sky.x[sky.source[tie]!]!;
      const ay = sky.y[sky.source[tie]!]!;
      const bx = sky.x[sky.target[tie]!]!;
      const by = sky.y[sky.target[tie]!]!;
      if (sx < Math.min(ax, bx) - nearest || sx > Math.max(ax, bx) + nearest) continue;
      if (sy < Math.min(ay, by) - nearest || sy > Math.max(ay, by) + nearest) continue;
      const away = fromSegment(sx, sy, ax, ay, bx, by);
      if (away < nearest) [best, nearest] = [tie, away];
    }
  }
  return best;
}

export function fromSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const long = dx * dx + dy * dy;
  const share = long ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

export type Direction = "left" | "right" | "up" | "down";

/** The nearest firm in a direction: within 60 degrees of it, and rather straight ahead than aside; -1: none. */
export function towards(sky: Sky, shown: Shown, from: number, direction: Direction): number {
  const [ux, uy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [number, number];
  let best = -1;
  let least = Infinity;
  for (let firm = 0; firm < sky.size; firm++) {
    if (firm === from || !shown.firm[firm]) continue;
    const dx = sky.x[firm]! - sky.x[from]!;
    const dy = sky.y[firm]! - sky.y[from]!;
    const ahead = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy - dy * ux);
    if (ahead <= 0 || aside > ahead * 1.75) continue;
    const cost = Math.hypot(dx, dy) + 1.5 * aside;
    if (cost < least) [best, least] = [firm, cost];
  }
  return best;
}

/** The shown firm that is nearest to a point of the scene, and large rather than small; -1: none is shown. */
export function central(sky: Sky, shown: Shown, x: number, y: number): number {
  let best = -1;
  let least = Infinity;
  for (let firm = 0; firm < sky.size; firm++) {
    if (!shown.firm[firm]) continue;
    const cost = Math.hypot(sky.x[firm]! - x, sky.y[firm]! - y) - 4 * shown.radius[firm]!;
    if (cost < least) [best, least] = [firm, cost];
  }
  return best;
}
