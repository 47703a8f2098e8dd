/* Names beside firms: placed by the server for each level of zoom, so that none lies over another. */

import type { Lens } from "./camera";
import type { Inks } from "./colours";
import type { Canvas } from "./draw";
import type { Sky } from "./scene";
import type { Shown } from "./shown";

const ALIGN = ["left", "center", "right"] as const;
const MOST = 60;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function meets(one: Box, two: Box): boolean {
  return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
}

/** Write a name over its own halo. */
function write(canvas: Canvas, text: string, x: number, y: number, inks: Inks): void {
  canvas.globalAlpha = 0.85;
  canvas.strokeText(text, x, y);
  canvas.globalAlpha = 1;
  canvas.fillStyle = inks.ink;
  canvas.fillText(text, x, y);
}

function prepare(canvas: Canvas, inks: Inks): void {
  canvas.lineJoin = "round";
  canvas.lineWidth = 3;
  canvas.strokeStyle = inks.sky;
  canvas.textBaseline = "alphabetic";
}

/** Draw the names of a level. Where text is larger than the scene has it (small screens), what would collide is left out. */
export function drawNames(canvas: Canvas, sky: Sky, shown: Shown, lens: Lens, inks: Inks): void {
  const labels = sky.scene.labels[lens.level] ?? sky.scene.labels.at(-1);
  if (!labels) return;
  prepare(canvas, inks);
  const unit = lens.unit * lens.enlarged;
  const taken: Box[] = [];
  let font = "";
  for (let at = 0; at < labels.firm.length; at++) {
    const firm = labels.firm[at]!;
    if (!shown.firm[firm]) continue;
    const x = sky.x[firm]! * lens.scale + lens.left + labels.dx[at]! * unit;
    const y = sky.y[firm]! * lens.scale + lens.top + labels.dy[at]! * unit;
    if (x < -200 || x > lens.width + 200 || y < -20 || y > lens.height + 20) continue;
    const size = labels.size[at]! * unit;
    const wanted = `${labels.strong[at] ? "bold " : ""}${size.toFixed(1)}px ${inks.face}`;
    if (wanted !== font) canvas.font = font = wanted;
    canvas.textAlign = ALIGN[labels.anchor[at]!] ?? "left";
    const text = sky.scene.firms.name[firm]!;
    if (lens.enlarged > 1) {
      const wide = canvas.measureText(text).width;
      const left = x - (wide * labels.anchor[at]!) / 2;
      const box = { left: left - 2, right: left + wide + 2, top: y - size, bottom: y + size * 0.3 };
      if (taken.some((one) => meets(one, box))) continue;
      taken.push(box);
    }
    write(canvas, text, x, y, inks);
  }
}

/** Write the names of what is lit, the first ones surely, each where it is free: right, left, below or above its firm. */
export function drawLitNames(canvas: Canvas, sky: Sky, shown: Shown, firms: readonly number[], lens: Lens, inks: Inks): void {
  prepare(canvas, inks);
  const taken: Box[] = firms.slice(0, MOST).map((firm) => {
    const r = shown.radius[firm]! * lens.mark;
    const x = sky.x[firm]! * lens.scale + lens.left;
    const y = sky.y[firm]! * lens.scale + lens.top;
    return { left: x - r, right: x + r, top: y - r, bottom: y + r };
  });
  firms.slice(0, MOST).forEach((firm, place) => {
    const text = sky.scene.firms.name[firm]!;
    const size = place === 0 ? 14.5 : 12;
    canvas.font = `${place === 0 ? "bold " : ""}${size}px ${inks.face}`;
    canvas.textAlign = "left";
    const wide = canvas.measureText(text).width;
    const own = taken[place]!;
    const middle = (own.top + own.bottom) / 2 + size * 0.35;
    const centre = (own.left + own.right) / 2 - wide / 2;
    const spots: [number, number][] = [[own.right + 5, middle], [own.left - 5 - wide, middle], [centre, own.bottom + size + 1], [centre, own.top - 5]];
    const boxes = spots.map(([x, y]) => ({ left: x - 2, right: x + wide + 2, top: y - size, bottom: y + size * 0.3 }));
    const free = boxes.findIndex((box) => !taken.some((one, at) => at !== place && meets(one, box)));
    if (free < 0 && place > 0) return;
    const [x, y] = spots[Math.max(free, 0)]!;
    taken.push(boxes[Math.max(free, 0)]!);
    write(canvas, text, x, y, inks);
  });
}
