/* The search for a firm: a combobox over the firms that are shown; choosing one flies there. */

import { folded } from "../tables_whole";
import type { Sky } from "./scene";
import type { Shown } from "./shown";
import { made, plural } from "./words";

const MOST = 8;

/** The firms whose name fits, best first: the whole name, its beginning, the beginning of a word, anywhere; then by alliances. */
export function matches(names: readonly string[], alliances: ArrayLike<number>, among: Uint8Array, text: string, most = MOST): number[] {
  const wanted = folded(text);
  if (!wanted) return [];
  const found: [how: number, firm: number][] = [];
  for (let firm = 0; firm < names.length; firm++) {
    if (!among[firm]) continue;
    const name = foldedName(names[firm]!);
    const at = name.indexOf(wanted);
    if (at < 0) continue;
    found.push([name === wanted ? 0 : at === 0 ? 1 : /[\s\-/(.]/.test(name[at - 1]!) ? 2 : 3, firm]);
  }
  found.sort(([how, one], [also, two]) => how - also || alliances[two]! - alliances[one]! || one - two);
  return found.slice(0, most).map(([, firm]) => firm);
}

const memory = new Map<string, string>();

function foldedName(name: string): string {
  let short = memory.get(name);
  if (short === undefined) memory.set(name, (short = folded(name)));
  return short;
}

export class Search {
  private options: number[] = [];
  private active = -1;
  private sky: Sky | null = null;
  private shown: Shown | null = null;

  constructor(private readonly input: HTMLInputElement, private readonly list: HTMLElement, private readonly choose: (firm: number) => void) {
    input.addEventListener("input", () => this.fill());
    input.addEventListener("focus", () => this.fill());
    input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    input.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const item = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-firm]") : null;
      if (item) this.take(Number(item.dataset.firm));
    });
    input.form?.addEventListener("submit", (event) => event.preventDefault());
  }

  over(sky: Sky, shown: Shown): void {
    this.sky = sky;
    this.shown = shown;
  }

  private fill(): void {
    const { sky, shown } = this;
    if (!sky || !shown || !this.input.value.trim()) {
      this.close();
      return;
    }
    this.options = matches(sky.scene.firms.name, shown.alliancesOf, shown.firm, this.input.value);
    this.active = this.options.length ? 0 : -1;
    this.list.replaceChildren(...this.options.map((firm, at) => {
      const item = made("li", "", "option");
      item.id = `sky-option-${at}`;
      item.role = "option";
      item.dataset.firm = String(firm);
      item.append(made("span", sky.scene.firms.name[firm]), made("span", plural(shown.alliancesOf[firm] ?? 0, "alliance"), "soft"));
      return item;
    }));
    if (!this.options.length) {
      const item = made("li", "No firm of that name is shown", "option soft");
      item.role = "option";
      item.setAttribute("aria-disabled", "true");
      this.list.append(item);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private mark(): void {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.active)));
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `sky-option-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const many = this.options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.fill();
      else if (many) this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + many) % many;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const firm = this.list.hidden ? undefined : this.options[this.active];
      if (firm !== undefined) this.take(firm);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }

  private take(firm: number): void {
    this.input.value = "";
    this.close();
    this.choose(firm);
  }

  private close(): void {
    this.list.hidden = true;
    this.options = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
