/* The desk: one unit after another in place, by keys. Without scripts the same page is a plain form. */

import { Ahead, offerHelp, rememberKeys, showHelp, told, toldSaved, trouble, usesKeys } from "../desks";
import { type Answers, choose, fill, namesOf, questionOf, read, said, settle } from "./answers";
import { Drafts, keep, type Kept, NotKept } from "./keeping";
import { beside, focusOf, type Meaning, meaning, nextOpen, type Pressed } from "./keys";

const IDLE = 1500;
const AGAIN = 4000;

export class Desk {
  private form: HTMLFormElement;
  private readonly drafts: Drafts;
  private acknowledged = "";
  private timer = 0;
  private retry = 0;
  private keeping: Promise<unknown> = Promise.resolve();
  private busy = false;
  /** Keys pressed while the next unit was on its way. */
  private readonly early: string[] = [];
  private readonly ahead = new Ahead();

  constructor(private readonly island: HTMLElement) {
    this.form = this.unitForm();
    this.drafts = new Drafts(`${island.dataset.study ?? ""}\t${island.dataset.coder ?? ""}`);
    document.addEventListener("keydown", (event) => { this.pressed(event); });
    addEventListener("beforeunload", (event) => { if (this.unsaved) event.preventDefault(); });
    addEventListener("pagehide", () => { if (this.unsaved) void keep(this.api, read(this.form), true).catch(() => undefined); });
    addEventListener("popstate", () => { void this.save().then(() => this.open(location.pathname, false)); });
    document.querySelector("[data-again]")?.addEventListener("click", () => { void this.save(); });
    offerHelp();
    rememberKeys("coding-keys");
    told("all saved");
    this.begin();
    this.form.querySelector<HTMLElement>("#unit-name")?.focus({ preventScroll: true });
  }

  private get unsaved(): boolean {
    return JSON.stringify(read(this.form)) !== this.acknowledged;
  }

  private get api(): string {
    return this.form.dataset.api ?? "";
  }

  /** Where the overview of this queue is; `next` below it leads to the next unit. */
  private get home(): string {
    return this.island.dataset.home ?? "/coding";
  }

  private get unit(): string {
    return this.form.dataset.unit ?? "";
  }

  private get active(): string {
    return this.form.querySelector<HTMLElement>("fieldset[data-active]")?.dataset.question ?? "";
  }

  private unitForm(): HTMLFormElement {
    const form = this.island.querySelector<HTMLFormElement>("form.unit");
    if (!form) throw new Error("the page has no unit");
    return form;
  }

  /** Take over the unit that is on the page. */
  private begin(): void {
    const form = this.form;
    this.acknowledged = JSON.stringify(read(form));
    const draft = this.drafts.get(this.unit);
    if (draft) fill(form, draft);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const then = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "next";
      void this.go(then);
    });
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) settle(event.target);
      this.touched();
    });
    form.addEventListener("input", () => { this.touched(); });
    form.addEventListener("click", (event) => { this.clicked(event); });
    this.tell();
    if (draft && this.unsaved) this.touched();
    this.ahead.prepare(form.dataset.next);
    this.ahead.prepare(form.dataset.before);
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const step = target?.closest<HTMLElement>("[data-step]")?.dataset.step;
    if (step) this.show(step);
    // A click by hand goes on to the next question; arrow keys within the choices click too, without detail.
    if (target instanceof HTMLInputElement && target.type === "radio" && event.detail > 0) this.goOn();
  }

  private touched(): void {
    this.tell();
    if (!this.unsaved) return;
    this.drafts.set(this.unit, read(this.form));
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { void this.save(); }, IDLE);
  }

  /** Show in the steps what was answered. */
  private tell(): void {
    for (const step of this.form.querySelectorAll<HTMLElement>("[data-step]")) {
      const question = questionOf(this.form, step.dataset.step ?? "");
      const answer = question ? said(question) : "";
      const doubt = question?.querySelector<HTMLInputElement>("[data-unsure]")?.checked;
      step.classList.toggle("answered", answer !== "");
      const is = step.querySelector("[data-is]");
      if (is) is.textContent = answer ? answer + (doubt ? " ?" : "") : doubt ? "?" : "open";
    }
  }

  private show(name: string): void {
    for (const question of this.form.querySelectorAll<HTMLElement>("fieldset[data-question]")) {
      question.toggleAttribute("data-active", question.dataset.question === name);
    }
    for (const step of this.form.querySelectorAll<HTMLElement>("[data-step]")) {
      if (step.dataset.step === name) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
  }

  private goOn(): void {
    const answers = read(this.form);
    const names = namesOf(this.form);
    const open = new Set(names.filter((name) => !(name in answers.values)));
    const next = nextOpen(names, open, this.active);
    if (next) this.show(next);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && event.target instanceof HTMLTextAreaElement) {
      this.form.querySelector<HTMLElement>("#unit-name")?.focus();
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
    const found = this.meant({ key: event.key, modified, composing: event.isComposing, on });
    if (!found || (event.repeat && found.does !== "left" && found.does !== "right")) return;
    event.preventDefault();
    this.act(found);
  }

  private meant(pressed: Pressed): Meaning | null {
    const question = questionOf(this.form, this.active);
    const keys = [...(question?.querySelectorAll<HTMLElement>(".answers [data-key]") ?? [])].map((one) => one.dataset.key ?? "");
    return meaning(pressed, keys);
  }

  private act(found: Meaning): void {
    const question = questionOf(this.form, this.active);
    if (found.does === "answer" || found.does === "missing") this.answer(question, found.does === "missing" ? "0" : found.key);
    else if (found.does === "unsure") this.doubt(question);
    else if (found.does === "note") this.form.querySelector<HTMLTextAreaElement>("textarea[name='note']")?.focus();
    else if (found.does === "help") showHelp();
    else if (found.does === "left" || found.does === "right") this.step(found.does);
    else void this.go(found.does === "back" ? "before" : found.does);
  }

  private answer(question: HTMLFieldSetElement | null, key: string): void {
    const input = question?.querySelector<HTMLInputElement>(`.answers [data-key="${key}"]`);
    if (!input) return;
    choose(input);
    this.touched();
    if (input.type === "radio") this.goOn();
  }

  private doubt(question: HTMLFieldSetElement | null): void {
    const box = question?.querySelector<HTMLInputElement>("[data-unsure]");
    if (!box) return;
    box.checked = !box.checked;
    this.touched();
  }

  private step(way: "left" | "right"): void {
    const name = beside(namesOf(this.form), this.active, way === "left" ? -1 : 1);
    if (name) this.show(name);
    else if (way === "left") void this.go("before");
  }

  /** Save what is new, then go where a button or key says; stay where it could not be saved. */
  private async go(then: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const left = this.form;
    try {
      const kept = await this.save();
      if (kept === null) return;
      if (then === "leave") location.assign(this.home);
      else if (then === "before") { if (this.form.dataset.before) await this.open(this.form.dataset.before); }
      else if (then !== "stay") await this.onward(kept);
    } finally {
      this.busy = false;
      const early = this.early.splice(0);
      if (this.form !== left) for (const key of early) this.press(key);
    }
  }

  /** A key that was pressed while a unit was on its way is meant for that unit. */
  private press(key: string): void {
    const found = this.meant({ key });
    if (found) this.act(found);
  }

  private async onward(kept: Kept | "nothing"): Promise<void> {
    const next = this.form.dataset.next;
    if (kept !== "nothing" && kept.next === null) location.assign(`${this.home}?done=1`);
    else if (next && next !== location.pathname) await this.open(next);
    else location.assign(`${this.home}/next?after=${encodeURIComponent(this.unit)}`);
  }

  /** Save what is new. Returns what was kept, `nothing` if nothing was new, null if it could not be kept. */
  private save(): Promise<Kept | "nothing" | null> {
    clearTimeout(this.timer);
    clearTimeout(this.retry);
    const one = this.keeping.then(() => this.saveNow());
    this.keeping = one;
    return one;
  }

  private async saveNow(): Promise<Kept | "nothing" | null> {
    const form = this.form;
    const answers: Answers = read(form);
    const sent = JSON.stringify(answers);
    if (sent === this.acknowledged) {
      this.drafts.drop(this.unit);
      trouble(null);
      return "nothing";
    }
    told("saving …");
    try {
      const kept = await keep(this.api, answers);
      this.acknowledged = sent;
      if (JSON.stringify(read(form)) === sent) this.drafts.drop(this.unit);
      trouble(null);
      this.progress(kept);
      return kept;
    } catch (error) {
      const not = error instanceof NotKept ? error : new NotKept("This could not be kept.", false);
      told("not saved");
      trouble(not.message);
      if (not.gone) this.retry = window.setTimeout(() => { void this.save(); }, AGAIN);
      return null;
    }
  }

  private progress(kept: Kept): void {
    toldSaved(kept.at);
    const bar = document.querySelector<HTMLProgressElement>(".coding-bar progress");
    const place = document.querySelector("[data-said]");
    if (bar) bar.value = kept.done;
    if (place) place.textContent = `${kept.done.toLocaleString("en")} of ${kept.total.toLocaleString("en")} coded`;
  }

  /** Put another unit in the place of this one. */
  private async open(address: string, remember = true): Promise<void> {
    const found = await this.ahead.form(address, "form.unit");
    if (!found) {
      location.assign(address);
      return;
    }
    this.form.replaceWith(found);
    this.form = found;
    if (remember) history.pushState(null, "", address);
    this.begin();
    scrollTo(0, 0);
    found.querySelector<HTMLElement>("#unit-name")?.focus({ preventScroll: true });
  }
}
