/* The painter: keeps the canvases at the size and sharpness of the screen, and draws a frame when something changed.

   Large scenes, and all on a slow machine, are drawn sharply only at rest; while the camera moves, the last picture
   is moved instead, over a picture of the whole. What is lit has a canvas of its own, so that pointing does not draw
   the scene anew. */

import { lens as lensOf, whole, type Camera, type Frame, type Lens } from "./camera";
import { inks as inksNow, type Inks } from "./colours";
import { drawFirms, drawOutlines, drawTies, orderOf, outlines, type Canvas, type Outline } from "./draw";
import type { Lit } from "./lit";
import { drawLitNames, drawNames } from "./names";
import type { Sky } from "./scene";
import type { Shown } from "./shown";

const LARGE = 3000;
const REST = 140;
/** Of a large scene: it takes longer to draw, and hands pause. */
const REST_LARGE = 220;
const SHARPEST = 2;
const GROWING = 260;
/** Milliseconds of a frame, on the average of the last ones, above which it is slow; and a pause between movements. */
const SLOW = 21;
const GAP = 250;
/** So many lit firms are not drawn while the camera moves over a large scene. */
const LIT_MOVING = 600;

interface Picture {
  canvas: HTMLCanvasElement;
  lens: Lens;
}

export class Painter {
  camera: Camera = { x: 0, y: 0, z: 1 };
  view: Frame = { width: 1, height: 1 };
  inks: Inks = inksNow();
  sky: Sky | null = null;
  shown: Shown | null = null;
  private names = true;
  private named = true;
  private outlined: Outline[] = [];
  private withOutlines = false;
  private order: Int32Array = new Int32Array();
  private radius = new Float64Array();
  private growth: { from: Float64Array; start: number } | null = null;
  private lit: Lit | null = null;
  private litOrder: Int32Array | null = null;
  private isLit = false;
  /** Whether there is anything on the canvas of what is lit. */
  private litDrawn = false;
  private sharp: Picture | null = null;
  private far: Picture | null = null;
  private moving = false;
  private resting = 0;
  private slow = false;
  private lately = { at: 0, took: 16 };
  private frame = 0;
  private dirty = { base: false, lit: false };
  private readonly base: Canvas;
  private readonly over: Canvas;
  /** Told after each frame, when all that is placed by the camera has to follow. */
  drawn: (lens: Lens) => void = () => undefined;

  constructor(private readonly baseCanvas: HTMLCanvasElement, private readonly litCanvas: HTMLCanvasElement) {
    this.base = baseCanvas.getContext("2d", { alpha: false })!;
    this.over = litCanvas.getContext("2d")!;
  }

  get lens(): Lens {
    return lensOf(this.camera, this.sky?.scene ?? this.view, this.view);
  }

  get element(): HTMLCanvasElement {
    return this.baseCanvas;
  }

  /** Whether the picture is moved, not drawn anew, while the camera moves. */
  private get isMoved(): boolean {
    return this.isLarge || this.slow;
  }

  get isLarge(): boolean {
    return (this.sky?.size ?? 0) > LARGE;
  }

  /** Show a scene, or another part of the same; with `grow` the marks grow and shrink to their new size. */
  show(sky: Sky, shown: Shown, grow = false): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const kept = this.sky === sky && grow && !calm && !this.isLarge ? this.radius.slice() : null;
    const before = this.shown;
    this.sky = sky;
    this.shown = shown;
    this.radius = shown.radius.slice();
    this.order = orderOf(sky, kept && before ? either(before, shown) : shown);
    this.litOrder = null;
    this.growth = kept ? { from: kept, start: performance.now() } : null;
    this.outlined = this.withOutlines ? outlines(sky, shown) : [];
    this.forget();
    this.redraw();
  }

  outline(on: boolean): void {
    this.withOutlines = on;
    if (this.sky && this.shown) this.outlined = on ? outlines(this.sky, this.shown) : [];
    this.forget();
    this.redraw();
  }

  light(lit: Lit | null): void {
    // What was lit stays drawn while it fades.
    if (lit) this.lit = lit;
    else if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.lit = null;
    this.litOrder = null;
    this.isLit = lit !== null;
    this.litCanvas.classList.toggle("on", lit !== null);
    // Names of what is dimmed would shine through those of what is lit.
    if (!this.isLarge && this.names !== !lit) {
      this.names = !lit;
      this.dirty.base = true;
    }
    this.dirty.lit = true;
    this.ask();
  }

  /** The camera moved. */
  move(camera: Camera): void {
    this.camera = camera;
    this.moving = true;
    if (!this.isLit) this.lit = null;
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => {
      this.moving = false;
      if (this.isMoved) this.redraw();
    }, this.isLarge ? REST_LARGE : REST);
    this.redraw();
  }

  redraw(): void {
    this.dirty.base = this.dirty.lit = true;
    this.ask();
  }

  turn(): void {
    this.inks = inksNow();
    this.forget();
    this.redraw();
  }

  /** Write names beside the marks, or none. */
  write(names: boolean): void {
    if (this.named === names) return;
    this.named = names;
    this.forget();
    this.redraw();
  }

  /** Say what the picture is of. */
  name(words: string): void {
    this.baseCanvas.setAttribute("aria-label", words);
  }

  resize(width: number, height: number): void {
    this.view = { width, height };
    const sharpness = Math.min(window.devicePixelRatio || 1, SHARPEST);
    for (const canvas of [this.baseCanvas, this.litCanvas]) {
      canvas.width = Math.max(1, Math.round(width * sharpness));
      canvas.height = Math.max(1, Math.round(height * sharpness));
    }
    this.forget();
    this.redraw();
    this.now();
  }

  private forget(): void {
    this.sharp = this.far = null;
  }

  private ask(): void {
    this.frame ||= requestAnimationFrame(() => this.now());
  }

  private now(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.sky || !this.shown) {
      this.clear(this.base, this.baseCanvas);
      return;
    }
    const lens = this.lens;
    this.grow();
    this.watch();
    if (this.dirty.base) this.paintBase(lens);
    if (this.dirty.lit) this.paintLit(lens);
    this.dirty.base = this.dirty.lit = false;
    if (this.growth) this.redraw();
    performance.clearMarks("constellation-frame");
    performance.mark("constellation-frame");
    this.drawn(lens);
  }

  /** A machine on which frames take long while the camera moves is spared, as with a large scene. */
  private watch(): void {
    const now = performance.now();
    const took = now - this.lately.at;
    this.lately.at = now;
    if (!this.moving || took > GAP) return;
    this.lately.took += (took - this.lately.took) / 6;
    if (this.lately.took > SLOW) this.slow = true;
  }

  private grow(): void {
    if (!this.growth || !this.shown || !this.sky) return;
    const share = Math.min(1, (performance.now() - this.growth.start) / GROWING);
    const eased = 1 - (1 - share) ** 3;
    const to = this.shown.radius;
    this.radius = this.growth.from.map((from, firm) => from + (to[firm]! - from) * eased);
    if (share === 1) {
      this.growth = null;
      this.radius = to.slice();
      this.order = orderOf(this.sky, this.shown);
      this.litOrder = null;
    }
  }

  private paintBase(lens: Lens): void {
    if (this.moving && this.sharp && this.isMoved) {
      this.clear(this.base, this.baseCanvas);
      for (const picture of [this.far, this.sharp]) if (picture) this.moved(picture, lens);
      return;
    }
    this.paint(this.base, this.baseCanvas, lens, this.names && this.named);
    if (!this.isMoved) return;
    this.sharp = { canvas: copied(this.baseCanvas), lens };
    if (!this.far) setTimeout(() => this.paintFar(), REST);
  }

  /** A picture of all, for the rim of what comes into sight while the camera moves. */
  private paintFar(): void {
    if (this.far || !this.sky) return;
    const canvas = document.createElement("canvas");
    canvas.width = this.baseCanvas.width;
    canvas.height = this.baseCanvas.height;
    const lens = lensOf(whole(this.sky.scene), this.sky.scene, this.view);
    this.paint(canvas.getContext("2d", { alpha: false })!, canvas, lens, false);
    this.far = { canvas, lens };
  }

  private paint(canvas: Canvas, element: HTMLCanvasElement, lens: Lens, names: boolean): void {
    const { sky, shown, inks } = this;
    if (!sky || !shown) return;
    this.clear(canvas, element);
    drawOutlines(canvas, sky, this.outlined, lens, inks);
    drawTies(canvas, sky, shown.pens, lens, inks);
    drawFirms(canvas, sky, this.radius, this.order, lens, inks);
    if (names) drawNames(canvas, sky, shown, lens, inks);
  }

  private moved(picture: Picture, lens: Lens): void {
    const ratio = lens.scale / picture.lens.scale;
    const left = lens.left - picture.lens.left * ratio;
    const top = lens.top - picture.lens.top * ratio;
    // Only the part that can be seen: a picture enlarged sixty times is large.
    const from = { x: Math.max(0, -left / ratio), y: Math.max(0, -top / ratio) };
    const to = { x: Math.min(this.view.width, (this.view.width - left) / ratio), y: Math.min(this.view.height, (this.view.height - top) / ratio) };
    const wide = to.x - from.x;
    const high = to.y - from.y;
    if (wide <= 0 || high <= 0) return;
    const dots = picture.canvas.width / this.view.width;
    this.base.drawImage(picture.canvas, from.x * dots, from.y * dots, wide * dots, high * dots, left + from.x * ratio, top + from.y * ratio, wide * ratio, high * ratio);
  }

  private paintLit(lens: Lens): void {
    const { sky, shown, lit, inks } = this;
    const canvas = this.over;
    if (this.litDrawn) {
      canvas.setTransform(1, 0, 0, 1, 0, 0);
      canvas.clearRect(0, 0, this.litCanvas.width, this.litCanvas.height);
    }
    this.litDrawn = false;
    if (!sky || !shown || !lit || (this.moving && this.isLarge && lit.firms.length > LIT_MOVING)) return;
    this.litDrawn = true;
    this.scaled(canvas, this.litCanvas);
    // Names of a large scene are not drawn anew, and must not shine through.
    canvas.globalAlpha = this.isLarge ? 0.93 : inks.dark ? 0.8 : 0.84;
    canvas.fillStyle = inks.sky;
    canvas.fillRect(0, 0, this.view.width, this.view.height);
    canvas.globalAlpha = 1;
    const inside = new Set(lit.alliances);
    if (inside.size) drawOutlines(canvas, sky, outlines(sky, shown).filter((one) => inside.has(one.alliance)), lens, inks, 0.25);
    drawTies(canvas, sky, lit.pens, lens, inks);
    if (!this.litOrder) {
      const wanted = new Set(lit.firms);
      this.litOrder = this.order.filter((firm) => wanted.has(firm));
    }
    drawFirms(canvas, sky, this.radius, this.litOrder, lens, inks);
    drawLitNames(canvas, sky, shown, lit.firms, lens, inks);
  }

  private clear(canvas: Canvas, element: HTMLCanvasElement): void {
    this.scaled(canvas, element);
    canvas.fillStyle = this.inks.sky;
    canvas.fillRect(0, 0, this.view.width, this.view.height);
  }

  private scaled(canvas: Canvas, element: HTMLCanvasElement): void {
    canvas.setTransform(element.width / this.view.width, 0, 0, element.height / this.view.height, 0, 0);
  }
}

function copied(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d", { alpha: false })!.drawImage(canvas, 0, 0);
  return copy;
}

/** Who is shown before or after, each as large as it gets: an order for the time between. */
function either(one: Shown, two: Shown): Shown {
  return {
    ...two,
    firm: two.firm.map((shown, firm) => (shown || one.firm[firm] ? 1 : 0)),
    radius: two.radius.map((radius, firm) => Math.max(radius, one.radius[firm]!)),
  };
}
