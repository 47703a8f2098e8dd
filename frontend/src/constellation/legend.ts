/* The legend: what colours, shapes and sizes mean; an entry lights its group. */

import type { Lens } from "./camera";
import { colourOf, type Inks } from "./colours";
import type { Scene } from "./scene";
import { made } from "./words";

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = ["M1 8a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z", "M2 3q0-1 1-1h10q1 0 1 1v10q0 1-1 1h-10q-1 0-1-1Z", "M8 0l8 8-8 8-8-8Z", "M8 .5l7.8 13.5H.2Z"];
const LARGEST = 26;

export class Legend {
  private scene: Scene | null = null;
  private inks: Inks | null = null;
  private scale = 0;

  constructor(private readonly place: HTMLElement, private readonly choose: (key: string) => void) {}

  draw(scene: Scene, inks: Inks, lit: string): void {
    this.scene = scene;
    this.inks = inks;
    const { colours, shapes, title } = scene.legend;
    const parts: HTMLElement[] = [];
    if (colours.length) {
      const top = new Map(scene.communities.map((one) => [String(one.community), one.top]));
      const entries = colours.map(({ text, colour }) => {
        const names = title.colours === "Community" ? top.get(text.split(" ")[0] ?? "")?.slice(0, 3).join(", ") : "";
        return this.entry(`c${colour}`, text, icon(0, colourOf(scene, colour, inks)), lit, names);
      });
      parts.push(section(title.colours, entries));
    }
    if (shapes.length) {
      const entries = shapes.map(({ text, shape }) => this.entry(`s${shape}`, text, icon(shape, inks.soft), lit));
      parts.push(section(title.shapes, entries));
    }
    const sizes = made("div", "", "sizes");
    parts.push(section(title.sizes, [], sizes));
    this.place.replaceChildren(...parts);
    this.scale = 0;
  }

  private entry(key: string, text: string, mark: SVGElement, lit: string, more = ""): HTMLElement {
    const item = made("li");
    const press = made("button", "", "entry-key");
    press.type = "button";
    press.setAttribute("aria-pressed", String(key === lit));
    press.title = key === lit ? "Show all alike again" : "Light these firms";
    const name = made("span", text);
    if (more) name.append(made("span", more, "more"));
    press.append(mark, name);
    press.addEventListener("click", () => this.choose(key === lit ? "" : key));
    item.append(press);
    return item;
  }

  /** Sizes are drawn as large as they are in the picture now. */
  resize(lens: Lens): void {
    const place = this.place.querySelector(".sizes");
    if (!this.scene || !this.inks || !place || Math.abs(lens.mark - this.scale) < 0.01) return;
    this.scale = lens.mark;
    const soft = this.inks.soft;
    place.replaceChildren(...this.scene.legend.sizes.filter(({ radius }) => radius * lens.mark <= LARGEST).map(({ text, radius }) => {
      const item = made("span", "", "size");
      item.append(ring(radius * lens.mark, soft), text);
      return item;
    }));
  }
}

function section(title: string, entries: HTMLElement[], rest?: HTMLElement): HTMLElement {
  const part = made("section");
  part.append(made("h3", title));
  if (entries.length) {
    const list = made("ul");
    list.append(...entries);
    part.append(list);
  }
  if (rest) part.append(rest);
  return part;
}

function icon(shape: number, colour: string): SVGElement {
  const drawing = svg("0 0 16 16", 12);
  const path = drawing.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute("d", SHAPES[shape] ?? SHAPES[0]!);
  path.setAttribute("fill", colour);
  return drawing;
}

function ring(radius: number, colour: string): SVGElement {
  const side = Math.ceil(2 * radius + 2);
  const drawing = svg(`0 0 ${side} ${side}`, side);
  const circle = drawing.appendChild(document.createElementNS(SVG, "circle"));
  for (const [name, value] of [["cx", side / 2], ["cy", side / 2], ["r", radius], ["fill", "none"], ["stroke", colour]] as const) circle.setAttribute(name, String(value));
  return drawing;
}

function svg(box: string, side: number): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", box);
  drawing.setAttribute("width", String(side));
  drawing.setAttribute("height", String(side));
  drawing.setAttribute("aria-hidden", "true");
  return drawing;
}
