/* The scene as the server sends it, and the same made ready for drawing. Columns, not objects: 20,000 firms are few bytes. */

export interface Labels {
  firm: number[];
  dx: number[];
  dy: number[];
  anchor: number[];
  size: number[];
  strong: number[];
}

export interface Scene {
  version: number;
  width: number;
  height: number;
  palette: [light: string, dark: string][];
  firms: {
    name: string[];
    x: number[];
    y: number[];
    radius: number[];
    colour: number[];
    shape: number[];
    alliances: number[];
    degree: number[];
    value: (number | null)[];
    rank: (number | null)[];
    community: (number | null)[];
    text: string[];
  };
  ties: { source: number[]; target: number[]; weight: number[]; width: number[]; opacity: number[]; colour: number[] };
  alliances: { id: string[]; name: (string | null)[]; year: (number | null)[]; partners: number[][] };
  labels: Labels[];
  legend: {
    colours: { text: string; colour: number }[];
    shapes: { text: string; shape: number }[];
    sizes: { text: string; radius: number }[];
    title: { colours: string; shapes: string; sizes: string };
  };
  sizing: { measure: string; largest: number; smallest: number; most: number };
  pens: { least: number; step: number; most: number };
  years: number[];
  words: string;
  communities: { community: number; firms: number; top: string[] }[];
  digest: string;
}

/** The colour of what belongs to no group. */
export const NEUTRAL = -1;

/** Lists of numbers one after the other: those of `i` lie from `start[i]` to `start[i + 1]`. */
export interface Lists {
  start: Int32Array;
  item: Int32Array;
}

/** A scene with what drawing and pointing ask for again and again. */
export interface Sky {
  scene: Scene;
  size: number;
  x: Float64Array;
  y: Float64Array;
  colour: Int16Array;
  shape: Uint8Array;
  source: Int32Array;
  target: Int32Array;
  /** The ties of each firm. */
  ties: Lists;
  /** The alliances of each firm. */
  alliances: Lists;
  index: Map<string, number>;
}

/** Gather (key, item) pairs by key. */
export function gathered(size: number, keys: ArrayLike<number>, items: ArrayLike<number>): Lists {
  const start = new Int32Array(size + 1);
  for (let at = 0; at < keys.length; at++) start[keys[at]! + 1]!++;
  for (let at = 0; at < size; at++) start[at + 1]! += start[at]!;
  const next = start.slice(0, size);
  const item = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) item[next[keys[at]!]!++] = items[at]!;
  return { start, item };
}

export function listOf(lists: Lists, at: number): Int32Array {
  return lists.item.subarray(lists.start[at], lists.start[at + 1]);
}

/** Make a scene ready. */
export function ready(scene: Scene): Sky {
  const { firms, ties } = scene;
  const size = firms.name.length;
  const source = Int32Array.from(ties.source);
  const target = Int32Array.from(ties.target);
  const many = source.length;
  const ends = new Int32Array(2 * many);
  const twice = new Int32Array(2 * many);
  ends.set(source);
  ends.set(target, many);
  for (let tie = 0; tie < many; tie++) twice[tie] = twice[many + tie] = tie;
  const members: number[] = [];
  const signed: number[] = [];
  scene.alliances.partners.forEach((partners, alliance) => {
    for (const partner of partners) {
      members.push(partner);
      signed.push(alliance);
    }
  });
  return {
    scene,
    size,
    x: Float64Array.from(firms.x),
    y: Float64Array.from(firms.y),
    colour: Int16Array.from(firms.colour),
    shape: Uint8Array.from(firms.shape),
    source,
    target,
    ties: gathered(size, ends, twice),
    alliances: gathered(size, members, signed),
    index: new Map(firms.name.map((name, at) => [name, at])),
  };
}

/** The firm at the other end of a tie. */
export function other(sky: Sky, tie: number, firm: number): number {
  return sky.source[tie] === firm ? sky.target[tie]! : sky.source[tie]!;
}
