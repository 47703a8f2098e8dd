/* The camera: where one looks and how near, and the scene's units as pixels. The exports use the same formulas. */

/** Centre in units of the scene; z = 1 shows all of it. */
export interface Camera {
  x: number;
  y: number;
  z: number;
}

export interface Frame {
  width: number;
  height: number;
}

export const WIDEST = 0.2;
export const CLOSEST = 64;
const LEVELS = 6;
/** Text of a label is not drawn smaller than this part of its size: on a phone the whole scene is small. */
const READABLE = 0.74;

/** A camera before a viewport: how units become pixels. */
export interface Lens {
  /** Pixels of a unit, for places. */
  scale: number;
  left: number;
  top: number;
  /** For sizes of text and offsets of labels. */
  unit: number;
  /** For radii. */
  mark: number;
  /** For the width of ties. */
  pen: number;
  /** How much larger text is than the scene has it. */
  enlarged: number;
  level: number;
  width: number;
  height: number;
}

export function whole(frame: Frame): Camera {
  return { x: frame.width / 2, y: frame.height / 2, z: 1 };
}

/** Pixels at the foot of the picture that the years lie over. */
const FLOOR = 58;

/** Where the picture begins: all of it, above what lies at its foot where that is in the way. */
export function home(frame: Frame, view: Frame): Camera {
  const unit = unitOf(frame, view);
  const spare = view.height - unit * frame.height;
  const low = Math.max(0, FLOOR - spare / 2);
  if (low === 0 || view.height < 6 * FLOOR) return whole(frame);
  const z = Math.max(0.8, Math.min(1, (view.height - FLOOR) / (unit * frame.height)));
  const y = frame.height / 2 + (FLOOR - Math.max(0, view.height - FLOOR - unit * z * frame.height)) / 2 / (unit * z);
  return { x: frame.width / 2, y: Number(y.toFixed(1)), z: Number(z.toPrecision(4)) };
}

export function unitOf(frame: Frame, view: Frame): number {
  return Math.min(view.width / frame.width, view.height / frame.height);
}

export function lens(camera: Camera, frame: Frame, view: Frame): Lens {
  const unit = unitOf(frame, view);
  const scale = unit * camera.z;
  return {
    scale,
    left: view.width / 2 - camera.x * scale,
    top: view.height / 2 - camera.y * scale,
    unit,
    mark: unit * Math.sqrt(camera.z),
    pen: unit * camera.z ** 0.35,
    enlarged: Math.max(1, READABLE / unit),
    level: levelOf(camera.z * Math.min(1, unit / READABLE)),
    width: view.width,
    height: view.height,
  };
}

/** Which labels are shown at a zoom. */
export function levelOf(zoom: number): number {
  return Math.min(Math.max(Math.floor(Math.log2(zoom)), 0), LEVELS - 1);
}

export function held(camera: Camera, frame: Frame): Camera {
  return {
    x: Math.min(Math.max(camera.x, 0), frame.width),
    y: Math.min(Math.max(camera.y, 0), frame.height),
    z: Math.min(Math.max(camera.z, WIDEST), CLOSEST),
  };
}

/** Zoom so that what is under a point of the viewport stays under it. */
export function zoomed(camera: Camera, factor: number, px: number, py: number, frame: Frame, view: Frame): Camera {
  const unit = unitOf(frame, view);
  const z = Math.min(Math.max(camera.z * factor, WIDEST), CLOSEST);
  const dx = px - view.width / 2;
  const dy = py - view.height / 2;
  const change = 1 / (unit * camera.z) - 1 / (unit * z);
  return held({ x: camera.x + dx * change, y: camera.y + dy * change, z }, frame);
}

export function panned(camera: Camera, dx: number, dy: number, frame: Frame, view: Frame): Camera {
  const scale = unitOf(frame, view) * camera.z;
  return held({ x: camera.x - dx / scale, y: camera.y - dy / scale, z: camera.z }, frame);
}

/** Between two cameras: the zoom by its logarithm, the centre so that both arrive together. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const z = from.z * (to.z / from.z) ** share;
  // What one sees moves evenly when the centre follows the reciprocal of the zoom.
  const span = 1 / to.z - 1 / from.z;
  const part = Math.abs(span) < 1e-9 ? share : (1 / z - 1 / from.z) / span;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, z };
}

/** Pixels at each side of the viewport that something lies over. */
export interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const BARE: Edges = { left: 0, top: 0, right: 0, bottom: 0 };

/** The camera that shows a box with some room around it, in the part of the viewport that is free. */
export function around(box: Edges, frame: Frame, view: Frame, room = 1.25, taken: Edges = BARE): Camera {
  const unit = unitOf(frame, view);
  const wide = Math.max(box.right - box.left, 60) * room;
  const high = Math.max(box.bottom - box.top, 60) * room;
  const free = { width: Math.max(80, view.width - taken.left - taken.right), height: Math.max(80, view.height - taken.top - taken.bottom) };
  const z = Math.max(0.6, Math.min(free.width / (wide * unit), free.height / (high * unit), 12));
  const x = (box.left + box.right) / 2 - (taken.left - taken.right) / 2 / (unit * z);
  const y = (box.top + box.bottom) / 2 - (taken.top - taken.bottom) / 2 / (unit * z);
  return held({ x, y, z }, frame);
}

export function same(one: Camera, two: Camera): boolean {
  return Math.abs(one.x - two.x) < 0.05 && Math.abs(one.y - two.y) < 0.05 && Math.abs(one.z - two.z) < 0.0005;
}
