/* The view as an address: everything that can be chosen is in the query, and the query alone is the state. */

import type { Camera } from "./camera";

/** What the server makes the scene of; all else is seen to here. */
const HERE = new Set(["x", "y", "z", "firm", "list", "names", "lit", "hulls"]);
/** The parts of a filter of alliances, beside the values of variables (`v.NAME`). */
const FILTER = new Set(["since", "until", "where"]);
const CAMERA = ["x", "y", "z"] as const;

export type Changes = Record<string, string | number | null>;

/** The query with some parts changed; null or empty takes a part out. The order of the others stays. */
export function changed(query: string, changes: Changes): string {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, String(value));
  }
  return params.toString();
}

export function read(query: string, name: string): string {
  return new URLSearchParams(query).get(name) ?? "";
}

/** What is asked of the server for this view. */
export function sceneQuery(query: string): string {
  return only(query, (name) => !HERE.has(name));
}

/** The filter alone, for the alliances behind what is shown. */
export function filterQuery(query: string): string {
  return only(query, (name) => FILTER.has(name) || name.startsWith("v."));
}

/** The view without its filter: what a form that filters has to keep. */
export function viewPairs(query: string): [string, string][] {
  return [...new URLSearchParams(query)].filter(([name]) => !FILTER.has(name) && !name.startsWith("v."));
}

export function isFiltered(query: string): boolean {
  return filterQuery(query) !== "";
}

function only(query: string, wanted: (name: string) => boolean): string {
  return new URLSearchParams([...new URLSearchParams(query)].filter(([name]) => wanted(name))).toString();
}

/** The camera of an address; null: it has none, all is shown. */
export function cameraOf(query: string): Camera | null {
  const params = new URLSearchParams(query);
  if (!CAMERA.some((name) => params.has(name))) return null;
  const [x, y, z] = CAMERA.map((name) => Number(params.get(name) ?? "NaN"));
  return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z) && z! > 0 ? { x: x!, y: y!, z: z! } : null;
}

/** The camera as parts of an address: short, and none where all is shown. */
export function cameraChanges(camera: Camera | null): Changes {
  if (!camera) return { x: null, y: null, z: null };
  const digits = camera.z > 8 ? 2 : 1;
  return { x: camera.x.toFixed(digits), y: camera.y.toFixed(digits), z: String(Number(camera.z.toPrecision(4))) };
}

/** The years of an address's period; null: open. `2021-05` is of 2021. */
export function yearsOf(query: string): [number | null, number | null] {
  return [yearOf(read(query, "since")), yearOf(read(query, "until"))];
}

function yearOf(text: string): number | null {
  const found = /^\s*(\d{4})/.exec(text);
  return found ? Number(found[1]) : null;
}

/** The queries before and after this one: undo and redo of the view. */
export class Past {
  private before: string[] = [];
  private after: string[] = [];

  constructor(public now: string, private readonly most = 200) {}

  /** Take note of a deliberate change. */
  go(query: string): void {
    if (query === this.now) return;
    this.before.push(this.now);
    if (this.before.length > this.most) this.before.shift();
    this.now = query;
    this.after = [];
  }

  /** The browser went to a query: back or on where that is the neighbour, else a change like any other. */
  arrive(query: string): void {
    if (query === this.before.at(-1)) this.undo();
    else if (query === this.after.at(-1)) this.redo();
    else this.go(query);
  }

  /** The camera moved or a firm was looked at: not a step of its own. */
  amend(query: string): void {
    this.now = query;
  }

  undo(): string | null {
    const query = this.before.pop();
    if (query === undefined) return null;
    this.after.push(this.now);
    return (this.now = query);
  }

  redo(): string | null {
    const query = this.after.pop();
    if (query === undefined) return null;
    this.before.push(this.now);
    return (this.now = query);
  }

  get canUndo(): boolean {
    return this.before.length > 0;
  }

  get canRedo(): boolean {
    return this.after.length > 0;
  }
}
