/* Time: a window of years with two ends, and the years played one after the other. Firms keep their places. */

import { part } from "./dom";
import type { Stage } from "./stage";
import { yearsOf } from "./state";

const STEP = 1150;
const REST = 380;

export interface Years {
  toggle: () => void;
}

/** The two ends of a period within a study, in order. */
export function ends(query: string, first: number, last: number): [number, number] {
  const [since, until] = yearsOf(query);
  const low = Math.min(Math.max(since ?? first, first), last);
  return [low, Math.max(low, Math.min(Math.max(until ?? last, first), last))];
}

export function years(stage: Stage, tell: (words: string) => void): Years | null {
  const box = part("time");
  const big = part("year");
  if (!box || !big) return null;
  const [first, last] = [Number(box.dataset.first), Number(box.dataset.last)];
  const [low, high] = [...box.querySelectorAll("input")] as [HTMLInputElement, HTMLInputElement];
  const play = box.querySelector<HTMLButtonElement>("[data-play]")!;
  const output = box.querySelector("output")!;
  const line = box.querySelector<HTMLElement>(".rail-line > i")!;
  const bars = box.querySelector<HTMLElement>(".bars")!;
  let playing = 0;
  /** Alliances of no known year: they are shown only with all years. */
  let undated = 0;
  let resting = 0;

  const now = (): [number, number] => [Number(low.value), Number(high.value)];
  const isWhole = ([one, two]: [number, number]): boolean => one <= first && two >= last;

  const paint = (): void => {
    const [one, two] = now();
    const share = (year: number): number => (100 * (year - first)) / (last - first);
    line.style.left = `${share(one)}%`;
    line.style.right = `${100 - share(two)}%`;
    output.textContent = one === two ? String(one) : `${one}–${two}`;
    if (undated && isWhole([one, two])) output.textContent += `, ${undated.toLocaleString("en")} undated`;
    low.setAttribute("aria-valuetext", `from ${one}`);
    high.setAttribute("aria-valuetext", `to ${two}`);
    // The end that can still move lies on top.
    low.classList.toggle("top", one > (first + last) / 2);
    [...bars.children].forEach((bar, at) => bar.classList.toggle("in", first + at >= one && first + at <= two));
  };

  const set = (one: number, two: number): void => {
    low.value = String(one);
    high.value = String(two);
    paint();
  };

  const settle = (): void => {
    clearTimeout(resting);
    const window = now();
    const open = isWhole(window);
    const before = stage.query;
    stage.trying = null;
    void stage.go({ since: open || window[0] <= first ? null : window[0], until: open || window[1] >= last ? null : window[1] });
    // Back where it was: the picture is still the one of the years that were tried.
    if (stage.query === before) void stage.load();
  };

  const drag = (moved: HTMLInputElement): void => {
    stop(false);
    const [one, two] = now();
    if (one > two) (moved === low ? high : low).value = moved.value;
    paint();
    void stage.tryYears(now());
  };

  for (const input of [low, high]) {
    input.addEventListener("input", () => drag(input));
    input.addEventListener("change", () => {
      clearTimeout(resting);
      resting = window.setTimeout(settle, REST);
    });
  }

  const stop = (keep: boolean): void => {
    if (!playing) return;
    clearInterval(playing);
    playing = 0;
    box.classList.remove("playing");
    play.setAttribute("aria-label", "Play the years");
    big.hidden = true;
    if (keep) settle();
  };

  const step = (window: [number, number]): void => {
    set(...window);
    big.textContent = String(window[1]);
    void stage.tryYears(window).then(() => {
      if (playing) tell(`${window[1]}: ${stage.shown?.firms ?? 0} firms`);
    });
  };

  const start = (): void => {
    clearTimeout(resting);
    const [one, two] = now();
    const from = two < last ? one : first;
    let year = two < last ? two : first - 1;
    playing = window.setInterval(next, STEP);
    box.classList.add("playing");
    play.setAttribute("aria-label", "Pause");
    big.hidden = false;
    next();

    function next(): void {
      year++;
      if (year > last) stop(true);
      else step([from, year]);
    }
  };

  const toggle = (): void => {
    if (playing) stop(true);
    else start();
  };
  play.addEventListener("click", toggle);

  const sync = (): void => {
    stop(false);
    set(...ends(stage.query, first, last));
  };
  stage.on("query", sync);
  stage.on("shown", () => {
    const scene = stage.sky?.scene;
    // How many alliances each year has: said by a view of all years, and kept while some are chosen.
    if (!scene || stage.trying || yearsOf(stage.query).some((year) => year !== null)) return;
    const counts = new Array<number>(last - first + 1).fill(0);
    undated = scene.alliances.year.filter((year) => year === null).length;
    for (const year of scene.alliances.year) if (year !== null && year >= first && year <= last) counts[year - first]!++;
    const most = Math.max(...counts, 1);
    bars.replaceChildren(...counts.map((count, at) => {
      const bar = document.createElement("i");
      bar.style.height = `${Math.max(4, (100 * count) / most).toFixed(1)}%`;
      bar.style.left = `${((100 * at) / Math.max(1, last - first)).toFixed(2)}%`;
      return bar;
    }));
    paint();
  });
  sync();
  return { toggle };
}
