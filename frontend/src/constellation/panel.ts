/* The panel beside the picture: a firm with its closest partners and its alliances, or what ties two firms. */

import { alliancePage, firmPage } from "./places";
import { listOf, other, type Sky } from "./scene";
import type { Shown } from "./shown";
import { button, count, kindOf, made, plural, rank, value } from "./words";

const PARTNERS = 8;
const ALLIANCES = 60;

export interface Opened {
  firm(firm: number): void;
  tie(tie: number, from: HTMLElement): void;
  evidence(firm: number, from: HTMLElement): void;
  ego(firm: number): void;
  alliance(alliance: number): void;
  close(): void;
  live: boolean;
}

export class Panel {
  constructor(private readonly place: HTMLElement, private readonly opened: Opened) {}

  empty(): void {
    this.place.replaceChildren(made("p", "Choose a firm in the picture, in the list or by its name to see its partners and alliances.", "soft nothing"));
  }

  firm(sky: Sky, shown: Shown, firm: number): void {
    const name = sky.scene.firms.name[firm] ?? "";
    const alliances = [...listOf(sky.alliances, firm)].filter((alliance) => shown.counts[alliance]);
    const { opened } = this;
    const head = made("header");
    const title = made("h2", name);
    title.tabIndex = -1;
    head.append(title, cross(() => opened.close()));
    const kind = kindOf(sky, firm);
    const actions = made("div", "", "row actions");
    const page = firmPage(name);
    if (page) actions.append(Object.assign(made("a", "Open its page", "button primary small"), { href: page }));
    actions.append(button("Only its neighbours", "small", () => opened.ego(firm)));
    if (opened.live && alliances.length) {
      const press = button("Evidence", "small", () => opened.evidence(firm, press));
      actions.append(press);
    }
    this.place.replaceChildren(head, ...(kind ? [made("p", kind, "kind")] : []), facts(sky, shown, firm), actions, this.partners(sky, shown, firm), this.alliances(sky, shown, alliances, firm));
  }

  tie(sky: Sky, shown: Shown, tie: number): void {
    const one = sky.source[tie]!;
    const two = sky.target[tie]!;
    const names = sky.scene.firms.name;
    const both = [...listOf(sky.alliances, one)].filter((alliance) => shown.counts[alliance] && sky.scene.alliances.partners[alliance]!.includes(two));
    const head = made("header");
    head.append(made("h2", `${names[one] ?? ""} and ${names[two] ?? ""}`), cross(() => this.opened.close()));
    const ways = made("div", "", "row actions");
    for (const firm of [one, two]) ways.append(button(names[firm] ?? "", "small", () => this.opened.firm(firm)));
    this.place.replaceChildren(head, made("p", plural(both.length, "alliance"), "kind"), ways, this.alliances(sky, shown, both));
  }

  private partners(sky: Sky, shown: Shown, firm: number): HTMLElement {
    const ties = [...listOf(sky.ties, firm)].filter((tie) => shown.weight[tie] && shown.firm[other(sky, tie, firm)]);
    ties.sort((one, two) => shown.weight[two]! - shown.weight[one]! || shown.alliancesOf[other(sky, two, firm)]! - shown.alliancesOf[other(sky, one, firm)]!);
    const most = shown.weight[ties[0] ?? -1] ?? 1;
    const part = made("section");
    part.append(made("h3", "Closest partners"));
    if (!ties.length) part.append(made("p", "No partner of it is shown.", "soft"));
    const list = made("ol", "", "partners");
    for (const tie of ties.slice(0, PARTNERS)) {
      const far = other(sky, tie, firm);
      const item = made("li");
      const bar = made("span", "", "bar");
      bar.style.width = `${(100 * shown.weight[tie]!) / most}%`;
      const times = button(count(shown.weight[tie]!), "times", () => this.opened.tie(tie, times));
      times.setAttribute("aria-label", `${plural(shown.weight[tie]!, "alliance")} with ${sky.scene.firms.name[far] ?? ""}`);
      item.append(button(sky.scene.firms.name[far] ?? "", "name", () => this.opened.firm(far)), bar, times);
      list.append(item);
    }
    part.append(list);
    if (ties.length > PARTNERS) part.append(made("p", `and ${plural(ties.length - PARTNERS, "other")}`, "soft small"));
    return part;
  }

  private alliances(sky: Sky, shown: Shown, alliances: number[], firm = -1): HTMLElement {
    const { id, name, year, partners } = sky.scene.alliances;
    const names = sky.scene.firms.name;
    const part = made("section");
    part.append(made("h3", `${plural(alliances.length, "alliance")}`));
    const list = made("ol", "", "signed");
    alliances.sort((one, two) => (year[two] ?? 0) - (year[one] ?? 0) || one - two);
    for (const alliance of alliances.slice(0, ALLIANCES)) {
      const item = made("li");
      const page = alliancePage(id[alliance]!);
      const text = name[alliance] || id[alliance]!;
      const title = page ? Object.assign(made("a", text), { href: page }) : made("span", text);
      const others = partners[alliance]!.filter((one) => one !== firm && shown.firm[one]).map((one) => names[one]).join(", ");
      const told = made("div");
      told.append(title, ...(others ? [made("span", others, "soft small")] : []));
      item.append(made("span", year[alliance] === null ? "–" : String(year[alliance]), "when"), told);
      item.addEventListener("pointerenter", () => this.opened.alliance(alliance));
      item.addEventListener("pointerleave", () => this.opened.alliance(-1));
      list.append(item);
    }
    part.append(list);
    if (alliances.length > ALLIANCES) part.append(made("p", `and ${count(alliances.length - ALLIANCES)} more`, "soft small"));
    return part;
  }
}

function facts(sky: Sky, shown: Shown, firm: number): HTMLElement {
  const list = made("dl", "", "facts");
  const { measure } = sky.scene.sizing;
  const add = (label: string, text: string, more = ""): void => {
    const pair = made("div");
    const said = made("dd", text);
    if (more) said.append(made("span", more, "of"));
    pair.append(made("dt", label), said);
    list.append(pair);
  };
  const place = rank(shown, firm).replace("rank ", "");
  add("Alliances", count(shown.alliancesOf[firm] ?? 0), measure === "alliances" ? place : "");
  add("Partners", count(shown.partnersOf[firm] ?? 0), measure === "degree" ? place : "");
  if (measure !== "alliances" && measure !== "degree") add(sky.scene.legend.title.sizes, value(shown.valueOf[firm]), place);
  const community = sky.scene.firms.community[firm];
  if (community !== null && community !== undefined) add("Community", String(community));
  return list;
}

function cross(pressed: () => void): HTMLElement {
  const press = button("×", "icon quiet", pressed);
  press.setAttribute("aria-label", "Close the panel");
  return press;
}
