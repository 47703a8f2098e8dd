/* The closest partners of a firm, for its card: a name leads to the firm, a number to the alliances with it. */

import { element, plural } from "./dom";
import { listOf, other, type Sky } from "./scene";
import type { Shown } from "./shown";
import type { Stage } from "./stage";

const MOST = 5;

/** The ties of a firm that are shown, the strongest first, then those to firms with more alliances. */
export function closest(sky: Sky, shown: Shown, firm: number): number[] {
  const far = (tie: number): number => other(sky, tie, firm);
  return [...listOf(sky.ties, firm)]
    .filter((tie) => shown.weight[tie]! > 0 && shown.firm[far(tie)])
    .sort((one, two) => shown.weight[two]! - shown.weight[one]! || shown.alliancesOf[far(two)]! - shown.alliancesOf[far(one)]! || far(one) - far(two));
}

/** Write the closest partners into a list. */
export function partners(stage: Stage, list: HTMLElement, firm: number): void {
  const { sky, shown } = stage;
  if (!sky || !shown) return;
  const ties = closest(sky, shown, firm);
  const most = shown.weight[ties[0] ?? 0] ?? 1;
  list.hidden = !ties.length;
  list.replaceChildren(...ties.slice(0, MOST).map((tie) => {
    const far = other(sky, tie, firm);
    const item = element("li");
    const bar = element("i");
    bar.style.width = `${(100 * shown.weight[tie]!) / most}%`;
    const name = element("button", stage.nameOf(far), "quiet");
    name.type = "button";
    name.addEventListener("click", () => stage.select(far, false));
    const times = shown.weight[tie]!;
    const much = element(stage.source.live ? "button" : "span", times.toLocaleString("en"), "quiet times");
    if (much instanceof HTMLButtonElement) {
      much.type = "button";
      much.setAttribute("aria-label", `${plural(times, "alliance")} with ${stage.nameOf(far)}`);
      much.addEventListener("click", () => stage.openTie(tie));
    }
    item.append(bar, name, much);
    return item;
  }));
  if (ties.length > MOST) list.append(element("li", `and ${plural(ties.length - MOST, "other")}`, "soft"));
}
