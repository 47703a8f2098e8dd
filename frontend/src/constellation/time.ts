/* Time: a period with two ends to drag, and years that play by themselves, each adding to those before. */

import { made } from "./words";

export type Period = [first: number, last: number];
const PACE = 1100;

export interface Timing {
  /** The period while it is moved; null: all years. */
  moving(period: Period | null): void;
  /** The period at rest. */
  rest(period: Period | null): void;
}

/** The next last year when playing: from the first to the end; null: it has ended. */
export function nextYear(last: number, span: Period): number | null {
  return last < span[1] ? last + 1 : null;
}

export class Time {
  private readonly first: HTMLInputElement;
  private readonly last: HTMLInputElement;
  private readonly said: HTMLElement;
  private readonly between: HTMLElement;
  private readonly play: HTMLButtonElement;
  private readonly pace: HTMLSelectElement;
  private timer = 0;

  constructor(place: HTMLElement, private readonly big: HTMLElement, private readonly span: Period, private readonly timing: Timing) {
    const find = <Found extends HTMLElement>(name: string): Found => place.querySelector<Found>(`[data-time='${name}']`)!;
    this.first = find("first");
    this.last = find("last");
    this.said = find("said");
    this.between = find("between");
    this.play = find("play");
    this.pace = find("pace");
    this.ticks(find("ticks"));
    for (const input of [this.first, this.last]) {
      input.addEventListener("input", () => this.dragged(input));
      input.addEventListener("change", () => this.settled());
    }
    this.play.addEventListener("click", () => this.toggle());
  }

  private ticks(place: HTMLElement): void {
    const [first, last] = this.span;
    const many = last - first;
    const step = Math.max(1, Math.ceil(many / 12));
    place.replaceChildren();
    for (let year = first; year <= last; year += step) {
      if (last - year < step && year !== last && many > 12) year = last;
      const tick = made("span", String(year));
      tick.style.left = `${many ? (100 * (year - first)) / many : 50}%`;
      place.append(tick);
    }
  }

  /** Show a period that was set elsewhere; null: all years. */
  set(period: Period | null): void {
    const [first, last] = period ?? this.span;
    this.first.value = String(first);
    this.last.value = String(last);
    this.say();
  }

  get isPlaying(): boolean {
    return this.timer !== 0;
  }

  private get period(): Period | null {
    const period: Period = [Number(this.first.value), Number(this.last.value)];
    return period[0] <= this.span[0] && period[1] >= this.span[1] ? null : period;
  }

  private say(): void {
    const [first, last] = [Number(this.first.value), Number(this.last.value)];
    const text = first === last ? String(first) : `${first}–${last}`;
    this.said.textContent = text;
    this.big.textContent = text;
    const many = Math.max(1, this.span[1] - this.span[0]);
    this.between.style.left = `${(100 * (first - this.span[0])) / many}%`;
    this.between.style.right = `${(100 * (this.span[1] - last)) / many}%`;
    this.first.setAttribute("aria-valuetext", `from ${first}`);
    this.last.setAttribute("aria-valuetext", `to ${last}`);
  }

  private dragged(input: HTMLInputElement): void {
    this.stop();
    // The ends do not pass each other: the one that is moved takes the other along.
    if (Number(this.first.value) > Number(this.last.value)) {
      if (input === this.first) this.last.value = this.first.value;
      else this.first.value = this.last.value;
    }
    this.say();
    this.big.classList.add("on");
    this.timing.moving(this.period);
  }

  private settled(): void {
    this.big.classList.remove("on");
    this.timing.rest(this.period);
  }

  toggle(): void {
    if (this.isPlaying) {
      this.stop();
      this.settled();
      return;
    }
    if (Number(this.last.value) >= this.span[1]) this.last.value = this.first.value;
    this.press(true);
    this.big.classList.add("on");
    this.say();
    this.timing.moving(this.period);
    this.later();
  }

  private later(): void {
    this.timer = window.setTimeout(() => {
      const year = nextYear(Number(this.last.value), this.span);
      if (year === null) {
        this.stop();
        this.settled();
        return;
      }
      this.last.value = String(year);
      this.say();
      this.timing.moving(this.period);
      this.later();
    }, PACE / Number(this.pace.value));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.press(false);
  }

  private press(playing: boolean): void {
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play the years");
    this.play.title = playing ? "Pause (P)" : "Play the years (P)";
    this.play.classList.toggle("playing", playing);
  }
}
