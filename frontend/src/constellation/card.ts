/* The card of the selected firm, and that of the neighbours; both lead back. */

import { element, part, plural } from "./dom";
import { ego, everybody } from "./keyboard";
import { listOf } from "./scene";
import type { Stage } from "./stage";
import { read } from "./state";
import { partners } from "./partners";
import { ranked, said } from "./tooltip";

const LISTED = 60;

export function card(stage: Stage): void {
  const box = part("chosen")!;
  const [title, text, place, list] = [box.querySelector("h2")!, box.querySelector("p")!, box.querySelector("small")!, box.querySelector<HTMLElement>("ol.signed")!];
  const near = box.querySelector<HTMLElement>("ol.near")!;
  const page = box.querySelector<HTMLAnchorElement>("[data-page]")!;
  const only = box.querySelector<HTMLButtonElement>("[data-ego]")!;
  const draw = (): void => {
    const firm = stage.selected;
    box.hidden = firm < 0;
    if (firm < 0) return;
    const name = stage.nameOf(firm);
    title.textContent = name;
    text.textContent = said(stage, firm);
    place.textContent = ranked(stage, firm);
    partners(stage, near, firm);
    const href = stage.pages.firm(name);
    page.hidden = !href;
    if (href) page.href = href;
    only.hidden = read(stage.query, "ego") === name;
    if (!stage.source.live) alliancesOf(stage, list, firm);
  };
  stage.on("selected", draw);
  stage.on("shown", draw);
  stage.on("query", draw);
  box.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-close]")) {
      stage.select(-1, false);
      stage.painter.element.focus({ preventScroll: true });
    } else if (target.closest("button[data-alliances]")) stage.select(stage.selected, true);
    else if (target.closest("[data-ego]")) ego(stage, stage.selected);
  });
}

/** Where no server lists the alliances of a firm, the card does: the latest first. */
function alliancesOf(stage: Stage, list: HTMLElement, firm: number): void {
  const { sky, shown } = stage;
  if (!sky || !shown) return;
  const { id, name, year } = sky.scene.alliances;
  const found = [...listOf(sky.alliances, firm)].filter((at) => shown.counts[at]).sort((one, two) => (year[two] ?? 0) - (year[one] ?? 0) || one - two);
  list.hidden = !found.length;
  list.replaceChildren(...found.slice(0, LISTED).map((at) => {
    const item = element("li");
    const href = stage.pages.alliance(id[at]!);
    const link = href ? Object.assign(element("a", name[at] ?? id[at]!), { href }) : element("span", name[at] ?? id[at]!);
    item.append(element("small", String(year[at] ?? "")), link);
    return item;
  }));
  if (found.length > LISTED) list.append(element("li", `and ${plural(found.length - LISTED, "other")}`, "soft"));
}

export function neighbours(stage: Stage): void {
  const box = part("ego")!;
  const name = box.querySelector("strong")!;
  const draw = (): void => {
    const firm = read(stage.query, "ego");
    box.hidden = !firm;
    name.textContent = firm;
    const distance = read(stage.query, "distance") || "1";
    for (const button of box.querySelectorAll<HTMLElement>("[data-distance]")) button.setAttribute("aria-pressed", String(button.dataset.distance === distance));
  };
  stage.on("query", draw);
  draw();
  box.addEventListener("click", (event) => {
    const target = event.target as Element;
    const distance = target.closest<HTMLElement>("[data-distance]")?.dataset.distance;
    if (distance) void stage.go({ distance: distance === "1" ? null : distance }, true);
    else if (target.closest("[data-all]")) everybody(stage);
  });
}
