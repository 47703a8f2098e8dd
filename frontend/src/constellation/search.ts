/* Finding a firm by its name, with completion: a combobox over the firms that are shown. */

import { element, folded, foldedName, part } from "./dom";
import { said } from "./tooltip";
import type { Stage } from "./stage";

const MOST = 9;
const WAIT = 140;

/** Firms whose name, or a word of it, begins with the letters; then those that hold them; large ones first. */
export function matches(names: readonly string[], typed: string, size: (at: number) => number, shown: (at: number) => boolean, most = MOST): number[] {
  const wanted = folded(typed.trim());
  if (!wanted) return [];
  const found: [number, number][] = [];
  names.forEach((name, at) => {
    if (!shown(at)) return;
    const text = foldedName(name);
    const place = text.indexOf(wanted);
    if (place < 0) return;
    const inside = place > 0 && !new RegExp(`[^\\p{L}\\p{N}]${escaped(wanted)}`, "u").test(text);
    found.push([at, text === wanted ? 0 : place === 0 ? 1 : inside ? 3 : 2]);
  });
  return found.sort((one, two) => one[1] - two[1] || size(two[0]) - size(one[0]) || one[0] - two[0]).slice(0, most).map(([at]) => at);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

interface Also {
  firm: string;
  also: string;
}

export function search(stage: Stage, complete: string): { focus: () => void } {
  const box = part("search")!;
  const input = box.querySelector("input")!;
  const list = box.querySelector("ul")!;
  let active = -1;
  let timer = 0;
  let asked = new AbortController();

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[data-firm]")];

  const mark = (at: number): void => {
    active = at;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const now = options()[at];
    if (now) {
      input.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const open = (on: boolean): void => {
    list.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) mark(-1);
  };

  const option = (firm: number, also = ""): HTMLElement => {
    const made = element("li");
    made.id = `sky-found-${firm}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dataset.firm = String(firm);
    made.append(element("span", stage.nameOf(firm)), element("small", also ? `also ${also}` : said(stage, firm)));
    return made;
  };

  const show = (): void => {
    const { sky, shown } = stage;
    asked.abort();
    clearTimeout(timer);
    if (!sky || !shown || !input.value.trim()) {
      open(false);
      return;
    }
    const found = matches(sky.scene.firms.name, input.value, (at) => shown.alliancesOf[at]!, (at) => shown.firm[at] === 1);
    list.replaceChildren(...found.map((firm) => option(firm)));
    if (!found.length) list.append(none("No firm shown here has this name"));
    open(true);
    mark(found.length ? 0 : -1);
    if (complete && found.length < MOST) timer = window.setTimeout(() => void others(input.value), WAIT);
  };

  /** Other names by which the study knows a firm. */
  const others = async (typed: string): Promise<void> => {
    asked = new AbortController();
    try {
      const answer = await fetch(`${complete}?q=${encodeURIComponent(typed.slice(0, 100))}`, { signal: asked.signal });
      if (!answer.ok) return;
      const here = new Set(options().map((one) => one.dataset.firm));
      for (const { firm, also } of (await answer.json()) as Also[]) {
        const at = stage.sky?.index.get(firm) ?? -1;
        if (!also || at < 0 || !stage.shown?.firm[at] || here.has(String(at)) || here.size >= MOST) continue;
        if (!here.size) list.replaceChildren();
        here.add(String(at));
        list.append(option(at, also));
      }
      if (active < 0 && here.size) mark(0);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) return;
    }
  };

  const take = (made: HTMLElement | undefined): void => {
    if (!made) return;
    const firm = Number(made.dataset.firm);
    input.value = "";
    open(false);
    stage.painter.element.focus({ preventScroll: true });
    stage.select(firm, false, true);
  };

  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const many = options().length;
    if (event.key === "ArrowDown" && many) mark((active + 1) % many);
    else if (event.key === "ArrowUp" && many) mark((active + many - 1) % many);
    else if (event.key === "Enter") take(options()[active]);
    else if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Escape") stage.painter.element.focus();
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take((event.target as Element).closest<HTMLElement>("[data-firm]") ?? undefined);
  });
  return { focus: () => { input.focus(); input.select(); } };
}

function none(text: string): HTMLElement {
  const made = element("li", text, "soft");
  made.setAttribute("role", "option");
  made.setAttribute("aria-disabled", "true");
  made.setAttribute("aria-selected", "false");
  return made;
}
