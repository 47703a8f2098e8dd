/* Drawing a scene on a canvas: outlines, ties, firms, names, each kind with as few strokes as there are colours. */

import type { Lens } from "./camera";
import { colourOf, type Inks } from "./colours";
import { NEUTRAL, type Sky } from "./scene";
import { corners, mark, rounded, STANDOFF } from "./shapes";
import type { Pen, Shown } from "./shown";

export type Canvas = CanvasRenderingContext2D;
const OUTLINE = 0.14;
/** Above this many firms in the picture no mark gets a rim of its own, which none would see. */
const CROWDED = 6000;

/** Above this many ties lines of about a pixel are drawn as hairlines, and long paths in parts: both are many times faster. */
const THICKET = 8000;
const HAIR = 1.6;
const PART = 64;

/** Draw the ties of these pens. */
export function drawTies(canvas: Canvas, sky: Sky, pens: readonly Pen[], lens: Lens, inks: Inks): void {
  const { x, y, source, target } = sky;
  const { scale, left, top, width, height } = lens;
  const thicket = pens.reduce((many, pen) => many + pen.ties.length, 0) > THICKET;
  for (const pen of pens) {
    const wide = pen.width * lens.pen;
    const hair = thicket && wide > 1 && wide <= HAIR;
    canvas.globalAlpha = Math.min(1, hair ? pen.opacity * wide : pen.opacity);
    canvas.lineWidth = hair ? 1 : wide;
    canvas.strokeStyle = colourOf(sky.scene, pen.colour, inks);
    canvas.beginPath();
    let drawn = 0;
    for (const tie of pen.ties) {
      const one = source[tie]!;
      const two = target[tie]!;
      const ax = x[one]! * scale + left;
      const ay = y[one]! * scale + top;
      const bx = x[two]! * scale + left;
      const by = y[two]! * scale + top;
      if ((ax < 0 && bx < 0) || (ax > width && bx > width) || (ay < 0 && by < 0) || (ay > height && by > height)) continue;
      canvas.moveTo(ax, ay);
      canvas.lineTo(bx, by);
      if (thicket && ++drawn % PART === 0) {
        canvas.stroke();
        canvas.beginPath();
      }
    }
    canvas.stroke();
  }
  canvas.globalAlpha = 1;
}

/** The firms of a view, ordered once: by size and colour, so that few strokes draw all and small ones lie on top. */
export function orderOf(sky: Sky, shown: Shown): Int32Array {
  const bucket = (firm: number): number => Math.round(Math.log2(shown.radius[firm]! + 0.1));
  return Int32Array.from([...Array(sky.size).keys()].filter((firm) => shown.firm[firm])).sort(
    (one, two) => bucket(two) - bucket(one) || sky.colour[one]! - sky.colour[two]! || shown.radius[two]! - shown.radius[one]!,
  );
}

/** Draw firms in their order; those of one colour and about one size at a time. */
export function drawFirms(canvas: Canvas, sky: Sky, radius: Float64Array, order: ArrayLike<number>, lens: Lens, inks: Inks): void {
  const { x, y, colour, shape } = sky;
  const { scale, left, top, width, height, mark: size } = lens;
  const rims = order.length < CROWDED;
  let colourNow = NaN;
  let rimNow = 0;
  let open = false;
  const close = (): void => {
    if (!open) return;
    canvas.fillStyle = colourOf(sky.scene, colourNow, inks);
    canvas.fill();
    if (rimNow) {
      canvas.lineWidth = rimNow;
      canvas.strokeStyle = inks.sky;
      canvas.stroke();
    }
    open = false;
  };
  for (let at = 0; at < order.length; at++) {
    const firm = order[at]!;
    const r = radius[firm]! * size;
    if (r < 0.1) continue;
    const px = x[firm]! * scale + left;
    const py = y[firm]! * scale + top;
    if (px + r < 0 || px - r > width || py + r < 0 || py - r > height) continue;
    const rim = rims ? Math.round(Math.min(1.2, 0.3 + r / 14) * 5) / 5 : 0;
    if (!open || colour[firm] !== colourNow || rim !== rimNow) {
      close();
      canvas.beginPath();
      open = true;
      colourNow = colour[firm]!;
      rimNow = rim;
    }
    mark(canvas, shape[firm]!, px, py, r);
  }
  close();
}

export interface Outline {
  alliance: number;
  corners: number[];
  colour: number;
}

/** The outlines of alliances with three or more partners that are shown. */
export function outlines(sky: Sky, shown: Shown): Outline[] {
  const found: Outline[] = [];
  sky.scene.alliances.partners.forEach((partners, alliance) => {
    if (!shown.counts[alliance]) return;
    const members = partners.filter((firm) => shown.firm[firm]);
    if (members.length < 3) return;
    const colours = new Set(members.map((firm) => sky.colour[firm]!));
    const [only] = colours;
    found.push({ alliance, corners: corners(sky, members), colour: colours.size === 1 && only ? only : NEUTRAL });
  });
  return found;
}

export function drawOutlines(canvas: Canvas, sky: Sky, list: readonly Outline[], lens: Lens, inks: Inks, opacity = OUTLINE): void {
  canvas.globalAlpha = opacity;
  for (const { corners: around, colour } of list) {
    canvas.beginPath();
    rounded(canvas, around.map((firm) => [sky.x[firm]! * lens.scale + lens.left, sky.y[firm]! * lens.scale + lens.top] as const), STANDOFF * lens.mark);
    canvas.fillStyle = colourOf(sky.scene, colour, inks);
    canvas.fill();
  }
  canvas.globalAlpha = 1;
}
