/* The list: the same firms as a table, for those who read rather than look. It follows the picture and leads it. */

import { element, folded, foldedName, part } from "./dom";
import type { Stage } from "./stage";
import { read } from "./state";

/** All firms of a study of usual size are in the list; of a large one so many. */
const USUAL = 1000;
const SHOWN = 300;

export interface Column {
  label: string;
  numbers: boolean;
  of: (firm: number) => string | number | null;
}

/** Firms in the order of a column; what is missing comes last either way. */
export function sorted(firms: readonly number[], of: Column["of"], down: boolean): number[] {
  const turn = down ? -1 : 1;
  return [...firms].sort((one, two) => {
    const [a, b] = [of(one), of(two)];
    if (a === null || b === null) return a === b ? one - two : a === null ? 1 : -1;
    if (typeof a === "string" || typeof b === "string") return turn * String(a).localeCompare(String(b), "en") || one - two;
    return turn * (a - b) || one - two;
  });
}

export function columns(stage: Stage): Column[] {
  const { sky, shown } = stage;
  if (!sky || !shown) return [];
  const { scene } = sky;
  const made: Column[] = [
    { label: "Firm", numbers: false, of: (firm) => scene.firms.name[firm]! },
    { label: scene.legend.title.colours || "What", numbers: false, of: (firm) => /; (.*)$/.exec(scene.firms.text[firm]!)?.[1] ?? null },
    { label: "Alliances", numbers: true, of: (firm) => shown.alliancesOf[firm]! },
    { label: "Partners", numbers: true, of: (firm) => shown.partnersOf[firm]! },
  ];
  if (!["alliances", "degree", "none"].includes(scene.sizing.measure)) made.push({ label: scene.legend.title.sizes, numbers: true, of: (firm) => shown.valueOf[firm] ?? null });
  if (scene.communities.length) made.push({ label: "Community", numbers: true, of: (firm) => scene.firms.community[firm] ?? null });
  return made;
}

export function list(stage: Stage): { toggle: () => void } {
  const sheet = part("list")!;
  const opener = part<HTMLButtonElement>("open-list")!;
  const field = sheet.querySelector("input")!;
  const said = sheet.querySelector("p")!;
  const head = sheet.querySelector("thead tr")!;
  const body = sheet.querySelector("tbody")!;
  let by = "Alliances";
  let down = true;

  const isOpen = (): boolean => read(stage.query, "list") === "1";

  const draw = (): void => {
    sheet.hidden = !isOpen();
    opener.setAttribute("aria-expanded", String(!sheet.hidden));
    const { sky, shown } = stage;
    if (sheet.hidden || !sky || !shown) return;
    const all = columns(stage);
    const sorting = all.find((one) => one.label === by) ?? all[2]!;
    const wanted = folded(field.value.trim());
    const firms = [...shown.firm.keys()].filter((firm) => shown.firm[firm] && (!wanted || foldedName(stage.nameOf(firm)).includes(wanted)));
    const rows = sorted(firms, sorting.of, down).slice(0, firms.length > USUAL ? SHOWN : USUAL);
    headings(all, sorting);
    body.replaceChildren(...rows.map((firm) => row(firm, all)));
    said.textContent = firms.length > rows.length
      ? `The first ${rows.length} of ${firms.length.toLocaleString("en")} firms in this order; find others by their names.`
      : `${firms.length.toLocaleString("en")} ${firms.length === 1 ? "firm" : "firms"}, as the picture shows them`;
    mark(false);
  };

  /** Show by which column the list is sorted. Headings stay where they are: a press that a new drawing meets is not lost. */
  const headings = (all: Column[], sorting: Column): void => {
    const there = [...head.querySelectorAll<HTMLElement>("th")];
    const same = there.length === all.length && all.every((column, at) => there[at]!.dataset.label === column.label);
    const shown = same ? there : all.map(heading);
    if (!same) head.replaceChildren(...shown);
    shown.forEach((made, at) => {
      const on = all[at] === sorting;
      if (on) made.setAttribute("aria-sort", down ? "descending" : "ascending");
      else made.removeAttribute("aria-sort");
      made.querySelector("button span")!.textContent = on ? (down ? " ↓" : " ↑") : "";
    });
  };

  const heading = (column: Column): HTMLElement => {
    const made = element("th", "", column.numbers ? "right" : "");
    made.scope = "col";
    made.dataset.label = column.label;
    const button = element("button", column.label, "quiet");
    button.type = "button";
    button.append(element("span"));
    button.lastElementChild!.setAttribute("aria-hidden", "true");
    button.addEventListener("click", () => {
      down = made.hasAttribute("aria-sort") ? !down : column.numbers;
      by = column.label;
      draw();
      [...head.querySelectorAll<HTMLElement>("th")].find((one) => one.dataset.label === by)?.querySelector("button")?.focus();
    });
    made.append(button);
    return made;
  };

  const row = (firm: number, all: Column[]): HTMLElement => {
    const made = element("tr");
    made.dataset.firm = String(firm);
    all.forEach((column, at) => {
      const value = column.of(firm);
      const cell = element(at ? "td" : "th", "", column.numbers ? "right numbers" : "");
      if (at === 0) {
        (cell as HTMLTableCellElement).scope = "row";
        const button = element("button", String(value), "quiet");
        button.type = "button";
        cell.append(button);
      } else cell.textContent = value === null ? "–" : typeof value === "number" ? rounded(value) : value;
      made.append(cell);
    });
    return made;
  };

  /** Mark the row of the selected firm, and bring it into sight if it was selected elsewhere. */
  const mark = (follow: boolean): void => {
    body.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const now = stage.selected < 0 ? null : body.querySelector(`[data-firm="${stage.selected}"]`);
    now?.setAttribute("aria-current", "true");
    if (follow && !body.contains(document.activeElement)) now?.scrollIntoView({ block: "nearest" });
  };

  const firmOf = (target: EventTarget | null): number => Number((target as Element).closest<HTMLElement>("[data-firm]")?.dataset.firm ?? -1);

  const show = (on: boolean): void => {
    if (on === isOpen()) return;
    stage.amend({ list: on ? "1" : null });
    draw();
    if (on) field.focus();
    else opener.focus();
  };

  let waiting = 0;
  stage.on("shown", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(draw, 30);
  });
  stage.on("query", draw);
  stage.on("selected", () => { if (!sheet.hidden) mark(true); });
  opener.addEventListener("click", () => show(!isOpen()));
  let typing = 0;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = window.setTimeout(draw, 60);
  });
  sheet.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-close]")) show(false);
    else if (target.closest("tbody button")) {
      stage.select(firmOf(target), false);
      stage.reveal(firmOf(target));
    }
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      show(false);
    }
  });
  body.addEventListener("pointerover", (event) => {
    const firm = firmOf(event.target);
    if (firm >= 0) stage.light(firm);
  });
  body.addEventListener("pointerleave", () => stage.light(-1));
  return { toggle: () => show(!isOpen()) };
}

function rounded(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

