/* Who and what is shown of a scene: all of it, or what a window of years, an ego and the like leave over.

   The server does the same for a view at rest. Here it is done while years pass, and in a published site, where
   there is no server. Places never change. */

import { listOf, other, type Scene, type Sky } from "./scene";

export interface Narrowed {
  /** First and last year; null: all, those of unknown year too. */
  window: [number, number] | null;
  ego: number;
  distance: number;
  least: number;
  main: boolean;
}

export const EVERYTHING: Narrowed = { window: null, ego: -1, distance: 1, least: 0, main: false };

/** Ties that are drawn with one stroke. */
export interface Pen {
  width: number;
  opacity: number;
  colour: number;
  ties: number[];
}

export interface Shown {
  /** 1: the firm is shown. */
  firm: Uint8Array;
  firms: number;
  alliances: number;
  /** 1: the alliance counts. */
  counts: Uint8Array;
  radius: Float64Array;
  /** Of each firm, among what is shown. */
  alliancesOf: ArrayLike<number>;
  partnersOf: ArrayLike<number>;
  rankOf: ArrayLike<number | null>;
  valueOf: ArrayLike<number | null>;
  weight: ArrayLike<number>;
  pens: Pen[];
  narrowed: boolean;
}

export function isWhole(narrowed: Narrowed): boolean {
  return !narrowed.window && narrowed.ego < 0 && narrowed.least < 2 && !narrowed.main;
}

/** What is shown of a scene. */
export function shownOf(sky: Sky, narrowed: Narrowed): Shown {
  return isWhole(narrowed) ? all(sky) : some(sky, narrowed);
}

function all(sky: Sky): Shown {
  const { scene } = sky;
  const { firms, ties } = scene;
  return {
    firm: new Uint8Array(sky.size).fill(1),
    firms: sky.size,
    alliances: scene.alliances.id.length,
    counts: new Uint8Array(scene.alliances.id.length).fill(1),
    radius: Float64Array.from(firms.radius),
    alliancesOf: firms.alliances,
    partnersOf: firms.degree,
    rankOf: firms.rank,
    valueOf: firms.value,
    weight: ties.weight,
    pens: pens(ties.source.map((_, tie) => tie), scene, ties.width),
    narrowed: false,
  };
}

function some(sky: Sky, narrowed: Narrowed): Shown {
  const { scene, size } = sky;
  const counts = inWindow(scene, narrowed.window);
  const weight = weights(sky, counts);
  const alliancesOf = new Int32Array(size);
  scene.alliances.partners.forEach((partners, alliance) => {
    if (counts[alliance]) for (const partner of partners) alliancesOf[partner]!++;
  });
  const firm = kept(sky, narrowed, alliancesOf, weight);
  const partnersOf = new Int32Array(size);
  const drawn: number[] = [];
  for (let tie = 0; tie < weight.length; tie++) {
    const one = sky.source[tie]!;
    const two = sky.target[tie]!;
    if (!weight[tie]) continue;
    partnersOf[one]!++;
    partnersOf[two]!++;
    if (firm[one] && firm[two]) drawn.push(tie);
  }
  const measured = scene.sizing.measure === "alliances";
  const byCount = Float64Array.from(alliancesOf);
  const radius = Float64Array.from(scene.firms.radius, (usual, at) => (firm[at] ? (measured ? radiusOf(byCount[at]!, scene) : usual) : 0));
  const { least, step, most } = scene.pens;
  const width = Array.from(weight, (much) => Math.round(Math.min(most, least + step * Math.log2(Math.max(much, 1))) * 10) / 10);
  return {
    firm,
    firms: firm.reduce((sum, one) => sum + one, 0),
    alliances: scene.alliances.partners.reduce((sum, partners, at) => sum + (counts[at] && partners.reduce((many, one) => many + firm[one]!, 0) > 1 ? 1 : 0), 0),
    counts,
    radius,
    alliancesOf,
    partnersOf,
    rankOf: measured ? ranks(alliancesOf, firm) : scene.firms.rank,
    valueOf: measured ? alliancesOf : scene.firms.value,
    weight,
    pens: pens(drawn, scene, width),
    narrowed: true,
  };
}

/** The radius of a number of alliances: the area says it, and nobody is too small to be seen. */
export function radiusOf(count: number, scene: Scene): number {
  const { largest, smallest, most } = scene.sizing;
  return Math.max(smallest, largest * Math.sqrt(count / Math.max(most, 1)));
}

function inWindow(scene: Scene, window: [number, number] | null): Uint8Array {
  return Uint8Array.from(scene.alliances.year, (year) => (!window || (year !== null && year >= window[0] && year <= window[1]) ? 1 : 0));
}

const known = new WeakMap<Sky, Map<number, number>>();

/** Return the tie of two firms; undefined: they have none. */
export function tieOf(sky: Sky, one: number, two: number): number | undefined {
  let ties = known.get(sky);
  if (!ties) {
    ties = new Map();
    for (let tie = 0; tie < sky.source.length; tie++) {
      const a = sky.source[tie]!;
      const b = sky.target[tie]!;
      ties.set(Math.min(a, b) * sky.size + Math.max(a, b), tie);
    }
    known.set(sky, ties);
  }
  return ties.get(Math.min(one, two) * sky.size + Math.max(one, two));
}

function weights(sky: Sky, counts: Uint8Array): Int32Array {
  const weight = new Int32Array(sky.source.length);
  sky.scene.alliances.partners.forEach((partners, alliance) => {
    if (!counts[alliance]) return;
    for (let one = 0; one < partners.length; one++) {
      for (let two = one + 1; two < partners.length; two++) {
        const tie = tieOf(sky, partners[one]!, partners[two]!);
        if (tie !== undefined) weight[tie]!++;
      }
    }
  });
  return weight;
}

function kept(sky: Sky, narrowed: Narrowed, alliancesOf: Int32Array, weight: Int32Array): Uint8Array {
  const firm = Uint8Array.from(alliancesOf, (count) => (count >= Math.max(1, narrowed.least) ? 1 : 0));
  if (narrowed.main) {
    const main = largest(sky, alliancesOf, weight);
    for (let at = 0; at < sky.size; at++) if (!main[at]) firm[at] = 0;
  }
  if (narrowed.ego >= 0) {
    const steps = stepsFrom(sky, narrowed.ego, narrowed.distance, weight);
    for (let at = 0; at < sky.size; at++) if (steps[at]! < 0) firm[at] = 0;
    if (alliancesOf[narrowed.ego]) firm[narrowed.ego] = 1;
  }
  return firm;
}

/** How many steps each firm is from one of them; -1: more than `most`. */
export function stepsFrom(sky: Sky, start: number, most: number, weight: ArrayLike<number>): Int32Array {
  const steps = new Int32Array(sky.size).fill(-1);
  steps[start] = 0;
  let edge = [start];
  for (let step = 1; step <= most && edge.length; step++) {
    const next: number[] = [];
    for (const firm of edge) {
      for (const tie of listOf(sky.ties, firm)) {
        const far = other(sky, tie, firm);
        if (weight[tie] && steps[far]! < 0) {
          steps[far] = step;
          next.push(far);
        }
      }
    }
    edge = next;
  }
  return steps;
}

function largest(sky: Sky, alliancesOf: Int32Array, weight: Int32Array): Uint8Array {
  const of = new Int32Array(sky.size).fill(-1);
  let best = -1;
  let most = 0;
  for (let start = 0; start < sky.size; start++) {
    if (of[start]! >= 0 || !alliancesOf[start]) continue;
    const members = [start];
    of[start] = start;
    for (let at = 0; at < members.length; at++) {
      for (const tie of listOf(sky.ties, members[at]!)) {
        const far = other(sky, tie, members[at]!);
        if (weight[tie] && of[far]! < 0) {
          of[far] = start;
          members.push(far);
        }
      }
    }
    if (members.length > most) [best, most] = [start, members.length];
  }
  return Uint8Array.from(of, (start) => (start >= 0 && start === best ? 1 : 0));
}

/** Ranks from 1, equal ones sharing the best: 1, 2, 2, 4. */
export function ranks(values: ArrayLike<number>, among: Uint8Array): (number | null)[] {
  const order = [...among.keys()].filter((at) => among[at]).sort((one, two) => values[two]! - values[one]!);
  const found: (number | null)[] = new Array<number | null>(among.length).fill(null);
  order.forEach((firm, place) => {
    const before = order[place - 1];
    found[firm] = before !== undefined && values[before] === values[firm] ? found[before]! : place + 1;
  });
  return found;
}

/** Gather ties by pen, in the order of the scene: faint ones lie below. */
function pens(ties: readonly number[], scene: Scene, width: readonly number[]): Pen[] {
  const { opacity, colour } = scene.ties;
  const found = new Map<string, Pen>();
  for (const tie of ties) {
    const key = `${opacity[tie]!} ${width[tie]!} ${colour[tie]!}`;
    const pen = found.get(key);
    if (pen) pen.ties.push(tie);
    else found.set(key, { width: width[tie]!, opacity: opacity[tie]!, colour: colour[tie]!, ties: [tie] });
  }
  return [...found.values()].sort((one, two) => one.opacity - two.opacity || one.width - two.width || one.colour - two.colour);
}
