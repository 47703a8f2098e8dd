/* The stage: which view is shown, who is pointed at and selected, and where the camera is. All parts of the page
   ask the stage to change something, and are told when something has changed. */

import { around, between, held, home, same, zoomed, type Camera } from "./camera";
import { Grid } from "./hit";
import { group, neighbourhood, pair, type Lit } from "./lit";
import type { Painter } from "./painter";
import type { Address } from "./address";
import type { Pages } from "./pages";
import type { Sky } from "./scene";
import { shownOf, EVERYTHING, type Narrowed, type Shown } from "./shown";
import { Refused, type Source, type Waiting } from "./source";
import { cameraChanges, cameraOf, changed, filterQuery, Past, read, sceneQuery, yearsOf, type Changes } from "./state";

export type Told = "query" | "shown" | "selected" | "pointed" | "drawn" | "theme";
export type Window = [number, number] | null;

const FLIGHT = 480;
const WRITE = 260;
const LATE = 180;

export interface Pointed {
  firm: number;
  tie: number;
  x: number;
  y: number;
}

const NOTHING: Pointed = { firm: -1, tie: -1, x: 0, y: 0 };

export class Stage {
  sky: Sky | null = null;
  shown: Shown | null = null;
  grid: Grid | null = null;
  past: Past;
  pointed: Pointed = NOTHING;
  selected = -1;
  /** Years that are tried out; null: the view is at rest. */
  trying: Window = null;
  /** What the page says instead of a picture, or above it. */
  status: (said: { kind: "" | "wait" | "error" | "empty"; words: string; share?: number | null; job?: string | null }) => void = () => undefined;
  private readonly listeners = new Map<Told, (() => void)[]>();
  private asked = new AbortController();
  private writing = 0;
  private flight = 0;

  constructor(
    readonly painter: Painter,
    readonly source: Source,
    readonly address: Address,
    readonly pages: Pages,
  ) {
    this.past = new Past(address.read());
    painter.drawn = () => this.tell("drawn");
    addEventListener("popstate", () => this.arrive());
  }

  on(what: Told, call: () => void): void {
    this.listeners.set(what, [...(this.listeners.get(what) ?? []), call]);
  }

  tell(what: Told): void {
    for (const call of this.listeners.get(what) ?? []) call();
  }

  get query(): string {
    return this.past.now;
  }

  get camera(): Camera {
    return this.painter.camera;
  }

  /** The camera that shows all of the scene. */
  get home(): Camera {
    return home(this.sky?.scene ?? this.painter.view, this.painter.view);
  }

  nameOf(firm: number): string {
    return this.sky?.scene.firms.name[firm] ?? "";
  }

  /* The view */

  /** Change the view on purpose: a step that can be undone. */
  go(changes: Changes | string, fly = false): Promise<void> {
    const query = typeof changes === "string" ? changes : changed(this.query, changes);
    if (query === this.query) return Promise.resolve();
    this.write();
    this.past.go(query);
    this.address.push(query);
    this.tell("query");
    return this.load(fly);
  }

  /** Write down what is no step of its own: the camera, the selected firm. */
  amend(changes: Changes): void {
    const query = changed(this.query, changes);
    if (query === this.query) return;
    this.past.amend(query);
    this.address.replace(query);
  }

  undo(): void {
    this.step(this.past.undo());
  }

  redo(): void {
    this.step(this.past.redo());
  }

  private step(query: string | null): void {
    if (query === null) return;
    this.address.push(query);
    this.restore();
  }

  /** The browser went back or on. Evidence that opened or closed is no change of the view. */
  private arrive(): void {
    const query = this.address.read();
    if (settled(query) === settled(this.query)) {
      this.address.replace(this.query);
      return;
    }
    this.past.arrive(query);
    this.restore();
  }

  private restore(): void {
    this.tell("query");
    void this.load(false).then(() => {
      if (!this.sky) return;
      this.fly(cameraOf(this.query) ?? this.home);
      this.select(this.sky.index.get(read(this.query, "firm")) ?? -1, false);
    });
  }

  /** Get the scene of the view and show it. */
  async load(fly = false): Promise<void> {
    this.asked.abort();
    const mine = (this.asked = new AbortController());
    const wanted = sceneQuery(this.query);
    let told = false;
    const late = setTimeout(() => { if (!told) this.status({ kind: "wait", words: "Drawing the constellation", share: null }); }, LATE);
    try {
      const sky = await this.source.get(wanted, mine.signal, (said: Waiting) => {
        told = true;
        this.status({ kind: "wait", ...said });
      });
      if (mine.signal.aborted) return;
      this.trying = null;
      this.show(sky, shownOf(sky, this.source.live ? EVERYTHING : this.narrowed(sky)));
      this.status(this.shown?.firms ? { kind: "", words: "" } : { kind: "empty", words: "No firm under this filter" });
      if (fly) this.frame();
    } catch (error) {
      if (mine.signal.aborted) return;
      this.status({ kind: "error", words: error instanceof Refused ? error.message : "The workbench does not answer. Is it still running?" });
    } finally {
      clearTimeout(late);
    }
  }

  /** What of the scene this view leaves, by the page alone. */
  narrowed(sky: Sky, window: Window = null): Narrowed {
    const [since, until] = yearsOf(this.query);
    const { years } = sky.scene;
    const asked: Window = since === null && until === null ? null : [since ?? years[0] ?? 0, until ?? years.at(-1) ?? 9999];
    return {
      window: window ?? asked,
      ego: sky.index.get(read(this.query, "ego")) ?? -1,
      distance: Math.min(Math.max(Number(read(this.query, "distance")) || 1, 1), 3),
      least: Number(read(this.query, "least")) || 0,
      main: read(this.query, "part") === "main",
    };
  }

  /** Show another window of years at once, from the scene of all years; at rest `go` makes it the view. */
  async tryYears(window: Window): Promise<void> {
    this.trying = window;
    const base = changed(sceneQuery(this.query), { since: null, until: null });
    let sky = this.source.have(base);
    if (!sky) {
      try {
        sky = await this.source.get(base, new AbortController().signal, () => undefined);
      } catch {
        return;
      }
      if (this.trying === null) return;
    }
    const whole = window && window[0] <= (sky.scene.years[0] ?? 0) && window[1] >= (sky.scene.years.at(-1) ?? 9999);
    const narrowed = { ...this.narrowed(sky, window), ...(whole ? { window: null } : {}) };
    this.show(sky, shownOf(sky, this.source.live && whole ? EVERYTHING : narrowed));
  }

  private show(sky: Sky, shown: Shown): void {
    const before = this.sky;
    const name = this.nameOf(this.selected) || read(this.query, "firm");
    this.sky = sky;
    this.shown = shown;
    if (before !== sky) this.grid = new Grid(sky);
    if (!before) this.painter.camera = held(cameraOf(this.query) ?? this.home, sky.scene);
    this.painter.show(sky, shown, before === sky);
    this.painter.outline(read(this.query, "hulls") === "1");
    const found = sky.index.get(name) ?? -1;
    this.selected = found >= 0 && shown.firm[found] ? found : -1;
    this.pointed = NOTHING;
    this.listed = -1;
    this.relight();
    this.tell("shown");
    this.tell("selected");
    this.tell("pointed");
  }

  /** The room for the picture has changed: who sees all of it goes on seeing all of it. */
  resize(width: number, height: number): void {
    const atHome = this.sky !== null && same(this.camera, this.home);
    this.painter.resize(width, height);
    if (atHome) this.look(this.home);
  }

  /* Who is meant */

  point(pointed: Pointed | null): void {
    const next = pointed ?? NOTHING;
    const other = next.firm !== this.pointed.firm || next.tie !== this.pointed.tie;
    this.pointed = next;
    if (other) this.relight();
    this.tell("pointed");
  }

  /** Select a firm, or none; `open` its alliances beside the picture. */
  select(firm: number, open: boolean, fly = false): void {
    const known = this.shown?.firm[firm] ? firm : -1;
    if (known !== this.selected) {
      this.selected = known;
      this.amend({ firm: this.nameOf(known) || null });
      this.relight();
      this.tell("selected");
    }
    if (known < 0) return;
    if (fly) this.flyTo(known);
    if (!open) return;
    this.evidence([["firm", this.nameOf(known)]], this.nameOf(known));
    const beside = document.getElementById("drawer")?.offsetWidth ?? 0;
    this.reveal(known, beside < 0.6 * innerWidth ? beside : 0);
  }

  openTie(tie: number): void {
    const { sky } = this;
    if (!sky) return;
    const names = [this.nameOf(sky.source[tie]!), this.nameOf(sky.target[tie]!)];
    this.evidence(names.map((name): [string, string] => ["tie", name]), names.join(" and "));
  }

  private evidence(of: [string, string][], title: string): void {
    const href = this.pages.evidence(of, filterQuery(this.query));
    if (href) this.painter.element.dispatchEvent(new CustomEvent("evidence", { bubbles: true, detail: { href, title } }));
  }

  /** A group of the legend, or a firm of the list, that is lit before all else. */
  private group = "";
  private listed = -1;

  light(firm: number): void {
    if (firm === this.listed) return;
    this.listed = firm;
    this.relight();
  }

  lightGroup(key: string): void {
    this.group = key;
    this.relight();
  }

  relight(): void {
    this.painter.light(this.litNow());
  }

  private litNow(): Lit | null {
    const { sky, shown, pointed } = this;
    if (!sky || !shown) return null;
    if (this.group) return group(sky, shown, this.group);
    if (this.listed >= 0 && shown.firm[this.listed]) return neighbourhood(sky, shown, this.listed);
    if (pointed.firm >= 0) return neighbourhood(sky, shown, pointed.firm);
    if (pointed.tie >= 0) return pair(sky, shown, pointed.tie);
    if (this.selected >= 0) return neighbourhood(sky, shown, this.selected);
    const pinned = read(this.query, "lit");
    return pinned ? group(sky, shown, pinned) : null;
  }

  /* The camera */

  look(camera: Camera): void {
    cancelAnimationFrame(this.flight);
    this.moveTo(camera);
  }

  private moveTo(camera: Camera): void {
    this.painter.move(camera);
    clearTimeout(this.writing);
    this.writing = window.setTimeout(() => this.write(), WRITE);
  }

  private write(): void {
    clearTimeout(this.writing);
    if (!this.sky) return;
    this.amend(cameraChanges(same(this.camera, this.home) ? null : this.camera));
  }

  fly(to: Camera): void {
    if (!this.sky) return;
    cancelAnimationFrame(this.flight);
    const from = this.camera;
    const aim = held(to, this.sky.scene);
    if (same(from, aim)) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.moveTo(aim);
      return;
    }
    const start = performance.now();
    const step = (): void => {
      const share = Math.min(1, (performance.now() - start) / FLIGHT);
      this.moveTo(between(from, aim, 1 - (1 - share) ** 3));
      if (share < 1) this.flight = requestAnimationFrame(step);
    };
    this.flight = requestAnimationFrame(step);
  }

  zoom(factor: number, px = this.painter.view.width / 2, py = this.painter.view.height / 2): void {
    if (this.sky) this.fly(zoomed(this.camera, factor, px, py, this.sky.scene, this.painter.view));
  }

  /** Show all of the scene. */
  fit(): void {
    if (this.sky) this.fly(this.home);
  }

  /** Show those who are left, from near enough. */
  frame(): void {
    const { sky, shown } = this;
    if (!sky || !shown?.firms) return;
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let firm = 0; firm < sky.size; firm++) {
      if (!shown.firm[firm]) continue;
      box.left = Math.min(box.left, sky.x[firm]!);
      box.right = Math.max(box.right, sky.x[firm]!);
      box.top = Math.min(box.top, sky.y[firm]!);
      box.bottom = Math.max(box.bottom, sky.y[firm]!);
    }
    const { view } = this.painter;
    const taken = view.width > 760 ? { left: 265, top: 10, right: 60, bottom: 70 } : { left: 0, top: 96, right: 0, bottom: 130 };
    this.fly(around(box, sky.scene, view, 1.12, taken));
  }

  private flyTo(firm: number): void {
    if (!this.sky) return;
    this.fly({ x: this.sky.x[firm]!, y: this.sky.y[firm]!, z: Math.max(this.camera.z, 2.2) });
  }

  /** See to it that a firm can be seen, moving as little as can be. */
  reveal(firm: number, right = 0): void {
    const { sky } = this;
    if (!sky) return;
    const { lens } = this.painter;
    const x = sky.x[firm]! * lens.scale + lens.left;
    const y = sky.y[firm]! * lens.scale + lens.top;
    const edge = 60;
    const wide = Math.max(lens.width - right, 2 * edge);
    if (x > edge && x < wide - edge && y > edge && y < lens.height - edge) return;
    const [dx, dy] = [x - Math.min(Math.max(x, 2 * edge), wide - 2 * edge), y - Math.min(Math.max(y, 2 * edge), lens.height - 2 * edge)];
    this.fly({ x: this.camera.x + dx / lens.scale, y: this.camera.y + dy / lens.scale, z: this.camera.z });
  }
}

/** A view without what is no step of its own. */
function settled(query: string): string {
  return changed(query, { x: null, y: null, z: null, firm: null });
}
