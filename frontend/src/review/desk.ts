/* The screening desk: one work after another in place, by keys. Without scripts the same page is a plain form. */

import { Ahead, offerHelp, rememberKeys, showHelp, told, toldSaved, trouble, usesKeys } from "../desks";
import { type Kept, NotKept, post, undo } from "./keeping";
import { type Asked, focusOf, type Meaning, meaning } from "./keys";

const AGAIN = 4000;
const USE_KEYS = "review-keys";

export class Desk {
  private form: HTMLFormElement;
  private busy = false;
  private waiting = false;
  private retry = 0;
  /** What was said and could not be kept yet. */
  private pending = "";
  private acknowledged = "";
  /** Keys pressed while the next work was on its way. */
  private readonly early: string[] = [];
  private readonly ahead = new Ahead();
  /** Addresses of the works that one came by, and the verdicts that were given. */
  private readonly trail: string[] = [];
  private readonly given: { decision: number; address: string }[] = [];

  constructor(private readonly island: HTMLElement) {
    this.form = this.workForm();
    document.addEventListener("keydown", (event) => { this.pressed(event); });
    addEventListener("beforeunload", (event) => { if (this.pending || this.noteChanged) event.preventDefault(); });
    addEventListener("pagehide", () => { if (this.noteChanged) void post(this.api, { note: this.note.value }, true).catch(() => undefined); });
    addEventListener("popstate", () => {
      // A link to a part of this page is no other work.
      if (location.pathname !== new URL(this.form.action).pathname) void this.open(location.pathname, false);
    });
    document.querySelector("[data-again]")?.addEventListener("click", () => { void this.say(this.pending); });
    offerHelp();
    rememberKeys(USE_KEYS);
    this.begin();
    this.form.querySelector<HTMLElement>("#work-title")?.focus({ preventScroll: true });
  }

  private workForm(): HTMLFormElement {
    const form = this.island.querySelector<HTMLFormElement>("form.screened");
    if (!form) throw new Error("the page has no work");
    return form;
  }

  private get api(): string {
    return this.form.dataset.api ?? "";
  }

  private get home(): string {
    return this.island.dataset.home ?? "/literature/screening";
  }

  private get note(): HTMLTextAreaElement {
    const note = this.form.querySelector<HTMLTextAreaElement>("textarea[name='note']");
    if (!note) throw new Error("the page has no note");
    return note;
  }

  private get noteChanged(): boolean {
    return this.note.value !== this.acknowledged;
  }

  private get asked(): Asked {
    const reasons: Record<string, string> = {};
    for (const one of this.form.querySelectorAll<HTMLElement>("[data-key]")) reasons[one.dataset.key ?? ""] = one.dataset.say ?? "";
    return { reasons, plain: this.form.dataset.noReason !== undefined, waiting: this.waiting };
  }

  /** Take over the work that is on the page. */
  private begin(): void {
    this.acknowledged = this.note.value;
    this.wait(false);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const by = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
      if (by?.name === "say") void this.say(by.value);
      else void this.go(by?.value ?? "skip");
    });
    const back = this.form.querySelector<HTMLButtonElement>("[data-undo]");
    if (back) {
      back.hidden = false;
      back.disabled = this.given.length === 0;
      back.addEventListener("click", () => { void this.takeBack(); });
    }
    this.ahead.prepare(this.form.dataset.next);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && event.target === this.note) {
      this.form.querySelector<HTMLElement>("#work-title")?.focus({ preventScroll: true });
      void this.keepNote();
      event.preventDefault();
      return;
    }
    if (!usesKeys() && event.key !== "?") return;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const on = focusOf(event.target);
    if (this.busy) {
      if (modified || event.repeat || on === "text" || !/^[0-9a-z]$/i.test(event.key)) return;
      event.preventDefault();
      this.early.push(event.key);
      return;
    }
    const found = meaning({ key: event.key, modified, composing: event.isComposing, on }, this.asked);
    if (!found || event.repeat) return;
    event.preventDefault();
    this.act(found);
  }

  private act(found: Meaning): void {
    if (found.does === "say") void this.say(found.say);
    else if (found.does === "exclude") this.wait(true);
    else if (found.does === "nothing") this.wait(false);
    else if (found.does === "note") this.note.focus();
    else if (found.does === "help") showHelp();
    else if (found.does === "undo") void this.takeBack();
    else void this.go(found.does === "before" ? "before" : "skip");
  }

  /** Show that a reason is awaited. */
  private wait(on: boolean): void {
    this.waiting = on;
    this.form.querySelector("[data-why-not]")?.toggleAttribute("data-waiting", on);
  }

  /** Keep a verdict, and the note with it; then the next work. */
  private async say(say: string): Promise<void> {
    if (this.busy || !say) return;
    this.busy = true;
    const left = this.form;
    for (const one of left.querySelectorAll<HTMLElement>("[data-say]")) one.setAttribute("aria-pressed", String(one.dataset.say === say));
    const [verdict, reason] = say.split(":", 2);
    try {
      const kept = await this.kept({ verdict, reason: reason ?? null, ...(this.noteChanged ? { note: this.note.value } : {}) }, say);
      if (!kept) return;
      if (kept.decision !== null) this.given.push({ decision: kept.decision, address: location.pathname });
      await this.onward(kept);
    } finally {
      this.busy = false;
      this.pressEarly(left);
    }
  }

  /** Keys that were pressed while a work was on its way are meant for that work. */
  private pressEarly(left: HTMLFormElement): void {
    const early = this.early.splice(0);
    if (this.form === left) return;
    for (const key of early) {
      const found = meaning({ key }, this.asked);
      if (found) this.act(found);
    }
  }

  private async kept(said: object, pending: string): Promise<Kept | null> {
    clearTimeout(this.retry);
    told("saving …");
    const written = this.note.value;
    try {
      const kept = await post(this.api, said);
      this.acknowledged = written;
      this.pending = "";
      trouble(null);
      this.progress(kept);
      return kept;
    } catch (error) {
      const not = error instanceof NotKept ? error : new NotKept("This could not be kept.", false);
      told("not saved");
      trouble(not.message);
      this.pending = not.gone ? pending : "";
      if (not.gone && pending) this.retry = window.setTimeout(() => { void this.say(pending); }, AGAIN);
      return null;
    }
  }

  private async keepNote(): Promise<boolean> {
    return !this.noteChanged || (await this.kept({ note: this.note.value }, "")) !== null;
  }

  private async onward(kept: Kept): Promise<void> {
    const next = this.form.dataset.next;
    if (kept.next === null) location.assign(`${this.home}?done=1`);
    else if (next && next !== location.pathname) await this.open(next);
    else await this.open(kept.next);
  }

  /** Go on or back without a verdict. */
  private async go(then: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const left = this.form;
    try {
      if (!(await this.keepNote())) return;
      if (then === "leave") location.assign(this.home);
      else if (then === "before") {
        let back = this.trail.pop();
        while (back === location.pathname) back = this.trail.pop();
        back ??= this.form.dataset.before;
        if (back) await this.open(back, true, false);
      } else if (this.form.dataset.next) await this.open(this.form.dataset.next);
    } finally {
      this.busy = false;
      this.pressEarly(left);
    }
  }

  /** Take the last verdict of this visit back, and show its work. */
  private async takeBack(): Promise<void> {
    const last = this.given[this.given.length - 1];
    if (this.busy || !last) return;
    this.busy = true;
    try {
      await undo(last.decision);
      this.given.pop();
      await this.open(last.address, true, false);
      const done = Number(this.form.dataset.done);
      this.shown(done, Number(this.form.dataset.total));
      told("taken back");
    } catch (error) {
      trouble(error instanceof NotKept ? error.message : "This could not be taken back.");
    } finally {
      this.busy = false;
    }
  }

  private progress(kept: Kept): void {
    toldSaved(kept.at);
    this.shown(kept.done, kept.total);
  }

  private shown(done: number, total: number): void {
    const bar = document.querySelector<HTMLProgressElement>(".review-bar progress");
    const place = document.querySelector("[data-said]");
    if (bar) {
      bar.max = total;
      bar.value = done;
    }
    if (place) place.textContent = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} decided`;
  }

  /** Put another work in the place of this one. */
  private async open(address: string, remember = true, trail = true): Promise<void> {
    const found = await this.ahead.form(address, "form.screened");
    if (!found) {
      location.assign(address);
      return;
    }
    if (trail && remember) this.trail.push(location.pathname);
    this.form.replaceWith(found);
    this.form = found;
    if (remember) history.pushState(null, "", address);
    this.begin();
    scrollTo(0, 0);
    found.querySelector<HTMLElement>("#work-title")?.focus({ preventScroll: true });
  }
}
