/* What is said of firms: in the hint beside the pointer, to a screen reader, in the panel. */

import type { Sky } from "./scene";
import type { Shown } from "./shown";

export function count(number: number): string {
  return number.toLocaleString("en");
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** What a firm is, without its numbers: its values of the variables that colour and shape show. */
export function kindOf(sky: Sky, firm: number): string {
  const text = sky.scene.firms.text[firm] ?? "";
  const at = text.indexOf("; ");
  return at < 0 ? "" : text.slice(at + 2);
}

/** Numbers and kind of a firm as it is shown: `62 alliances, 81 partners; OEM, Traditional`. */
export function about(sky: Sky, shown: Shown, firm: number): string {
  if (!shown.narrowed) return sky.scene.firms.text[firm] ?? "";
  const numbers = `${plural(shown.alliancesOf[firm] ?? 0, "alliance")}, ${plural(shown.partnersOf[firm] ?? 0, "partner")}`;
  const kind = kindOf(sky, firm);
  return kind ? `${numbers}; ${kind}` : numbers;
}

export function rank(shown: Shown, firm: number): string {
  const place = shown.rankOf[firm];
  return place === null || place === undefined ? "" : `rank ${count(place)} of ${count(shown.firms)}`;
}

/** All of it, for a screen reader. */
export function spoken(sky: Sky, shown: Shown, firm: number): string {
  const place = rank(shown, firm);
  return `${sky.scene.firms.name[firm] ?? ""}: ${about(sky, shown, firm)}${place ? `, ${place}` : ""}`;
}

/** A value of a measure as it is printed; missing is a dash. */
export function value(number: number | null | undefined): string {
  if (number === null || number === undefined) return "–";
  return Number.isInteger(number) ? count(number) : Number(number.toPrecision(3)).toString();
}

/** The name of a colour's or a shape's group in the legend; empty: none. */
export function groupOf(sky: Sky, firm: number): string {
  return sky.scene.legend.colours.find((entry) => entry.colour === sky.colour[firm])?.text ?? "";
}

/** A made element with a class and a text. */
export function made<Name extends keyof HTMLElementTagNameMap>(name: Name, text = "", look = ""): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (look) element.className = look;
  return element;
}

/** A button with a text. */
export function button(text: string, look: string, pressed: () => void): HTMLButtonElement {
  const element = made("button", text, look);
  element.type = "button";
  element.addEventListener("click", pressed);
  return element;
}
