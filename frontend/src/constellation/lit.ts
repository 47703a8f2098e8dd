/* What is lit while all else is dimmed: a firm and its partners, a tie, an alliance, or a group of the legend. */

import type { Sky } from "./scene";
import { listOf, other } from "./scene";
import type { Pen, Shown } from "./shown";

export interface Lit {
  /** The one that it is about comes first, then by size. */
  firms: number[];
  pens: Pen[];
  /** Alliances whose outline is drawn. */
  alliances: number[];
}

/** A firm with its partners and the ties between it and them. */
export function neighbourhood(sky: Sky, shown: Shown, firm: number): Lit {
  const ties: number[] = [];
  const partners: number[] = [];
  for (const tie of listOf(sky.ties, firm)) {
    const far = other(sky, tie, firm);
    if (!shown.weight[tie] || !shown.firm[far]) continue;
    ties.push(tie);
    partners.push(far);
  }
  return { firms: [firm, ...bySize(shown, partners)], pens: strong(sky, shown, ties, firm), alliances: [] };
}

export function pair(sky: Sky, shown: Shown, tie: number): Lit {
  return { firms: bySize(shown, [sky.source[tie]!, sky.target[tie]!]), pens: strong(sky, shown, [tie]), alliances: [] };
}

/** The partners of an alliance, and what ties them. */
export function together(sky: Sky, shown: Shown, alliance: number): Lit {
  const members = (sky.scene.alliances.partners[alliance] ?? []).filter((firm) => shown.firm[firm]);
  return { ...among(sky, shown, members), alliances: members.length > 2 ? [alliance] : [] };
}

/** A group of the legend: `c2` the second colour, `s1` the first shape. */
export function group(sky: Sky, shown: Shown, key: string): Lit | null {
  const found = /^([cs])(\d{1,3})$/.exec(key);
  if (!found) return null;
  const of = found[1] === "c" ? sky.colour : sky.shape;
  const wanted = Number(found[2]);
  const members: number[] = [];
  for (let firm = 0; firm < sky.size; firm++) if (shown.firm[firm] && of[firm] === wanted) members.push(firm);
  return members.length ? { ...among(sky, shown, members), alliances: [] } : null;
}

function among(sky: Sky, shown: Shown, members: readonly number[]): Omit<Lit, "alliances"> {
  const inside = new Set(members);
  const pens = shown.pens
    .map((pen) => ({ ...pen, opacity: Math.min(0.75, pen.opacity * 1.8), ties: pen.ties.filter((tie) => inside.has(sky.source[tie]!) && inside.has(sky.target[tie]!)) }))
    .filter((pen) => pen.ties.length);
  return { firms: bySize(shown, members), pens };
}

function bySize(shown: Shown, firms: readonly number[]): number[] {
  return [...firms].sort((one, two) => shown.radius[two]! - shown.radius[one]! || one - two);
}

/** Ties that stand out, in the colour of the firm at the other end. */
function strong(sky: Sky, shown: Shown, ties: readonly number[], firm = -1): Pen[] {
  const wanted = new Set(ties);
  const found = new Map<string, Pen>();
  for (const pen of shown.pens) {
    for (const tie of pen.ties) {
      if (!wanted.has(tie)) continue;
      const colour = firm < 0 ? pen.colour : sky.colour[other(sky, tie, firm)]!;
      const key = `${pen.width} ${colour}`;
      const made = found.get(key) ?? { width: Math.max(pen.width * 1.15, 1), opacity: 0.8, colour, ties: [] };
      made.ties.push(tie);
      found.set(key, made);
    }
  }
  return [...found.values()];
}
