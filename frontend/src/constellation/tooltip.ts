/* What is under the pointer, in words, beside it; and the ring around the firm that is selected. */

import type { Stage } from "./stage";

export function tooltip(stage: Stage, tip: HTMLElement): void {
  const [name, text, place] = [tip.querySelector("strong")!, tip.querySelector("span")!, tip.querySelector("small")!];
  stage.on("pointed", () => {
    const { sky, shown, pointed } = stage;
    tip.hidden = !sky || (pointed.firm < 0 && pointed.tie < 0);
    stage.painter.element.classList.toggle("over", !tip.hidden);
    if (!sky || !shown || tip.hidden) return;
    if (pointed.firm >= 0) {
      name.textContent = stage.nameOf(pointed.firm);
      text.textContent = said(stage, pointed.firm);
      place.textContent = ranked(stage, pointed.firm);
    } else {
      const weight = shown.weight[pointed.tie] ?? 0;
      name.textContent = `${stage.nameOf(sky.source[pointed.tie]!)} – ${stage.nameOf(sky.target[pointed.tie]!)}`;
      text.textContent = weight === 1 ? "1 alliance" : `${weight.toLocaleString("en")} alliances`;
      place.textContent = "";
    }
    const { width, height } = stage.painter.view;
    const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
    const x = pointed.x + 16 + wide > width ? pointed.x - 14 - wide : pointed.x + 16;
    const y = pointed.y + 18 + high > height ? pointed.y - 12 - high : pointed.y + 18;
    tip.style.transform = `translate(${Math.max(4, x).toFixed(0)}px, ${Math.max(4, y).toFixed(0)}px)`;
  });
}

/** What a firm's mark says, as it is counted now. */
export function said(stage: Stage, firm: number): string {
  const { sky, shown } = stage;
  if (!sky || !shown) return "";
  const text = sky.scene.firms.text[firm] ?? "";
  if (!shown.narrowed) return text;
  const count = (many: number, one: string): string => `${many.toLocaleString("en")} ${many === 1 ? one : `${one}s`}`;
  const rest = text.slice(text.indexOf(";") + 1);
  const counted = `${count(shown.alliancesOf[firm]!, "alliance")}, ${count(shown.partnersOf[firm]!, "partner")}`;
  return text.includes(";") ? `${counted};${rest}` : counted;
}

/** Where a firm stands among those that are shown, by the measure that its size says; empty: it has no rank. */
export function ranked(stage: Stage, firm: number): string {
  const { sky, shown } = stage;
  const rank = shown?.rankOf[firm];
  if (!sky || !shown || rank === null || rank === undefined) return "";
  const measure = sky.scene.legend.title.sizes.toLowerCase();
  return `rank ${rank.toLocaleString("en")} of ${shown.firms.toLocaleString("en")}${measure && measure !== "alliances" ? ` by ${measure}` : ""}`;
}

export function ring(stage: Stage, element: HTMLElement): void {
  const place = (): void => {
    const { sky, shown, selected } = stage;
    element.hidden = !sky || !shown || selected < 0;
    if (!sky || !shown || element.hidden) return;
    const { lens } = stage.painter;
    const x = sky.x[selected]! * lens.scale + lens.left;
    const y = sky.y[selected]! * lens.scale + lens.top;
    const across = 2 * (shown.radius[selected]! * lens.mark * 1.18 + 4);
    element.style.width = element.style.height = `${across.toFixed(1)}px`;
    element.style.transform = `translate(${(x - across / 2).toFixed(1)}px, ${(y - across / 2).toFixed(1)}px)`;
  };
  stage.on("drawn", place);
  stage.on("selected", place);
}
