/* The legend of the scene: what colours, shapes and sizes say. Its entries light their group; pressed, they keep it lit. */

import { colourOf } from "./colours";
import { element, part } from "./dom";
import { mark } from "./shapes";
import type { Stage } from "./stage";
import { read } from "./state";

export function legend(stage: Stage): void {
  const home = part("legend-groups")!;
  const box = part<HTMLDetailsElement>("legend")!;
  if (matchMedia("(max-width: 40rem)").matches) box.open = false;
  let drawn: unknown = null;

  const draw = (): void => {
    const { sky, shown } = stage;
    if (!sky || !shown || drawn === shown) return;
    drawn = shown;
    const { legend: said, firms } = sky.scene;
    const inks = stage.painter.inks;
    const groups: HTMLElement[] = [];
    const group = (title: string, entries: HTMLElement[], look = ""): void => {
      if (!entries.length) return;
      const made = element("div", "", `group-of ${look}`);
      const list = element("ul");
      for (const entry of entries) {
        const item = element("li");
        item.append(entry);
        list.append(item);
      }
      made.append(element("h2", title), list);
      groups.push(made);
    };
    const count = (of: number[], wanted: number): number => of.reduce((many, one, firm) => many + (one === wanted ? shown.firm[firm]! : 0), 0);
    group(said.title.colours, said.colours.map(({ text, colour }) => entry(`c${colour}`, text, count(firms.colour, colour), swatch(0, colourOf(sky.scene, colour, inks)))));
    group(said.title.shapes, said.shapes.map(({ text, shape }) => entry(`s${shape}`, text, count(firms.shape, shape), swatch(shape, "currentColor"))));
    group(said.title.sizes, said.sizes.map(({ text, radius }) => sized(text, radius)), "sizes");
    home.replaceChildren(...groups);
    press();
    scale();
  };

  const entry = (key: string, text: string, firms: number, sign: SVGElement): HTMLElement => {
    const made = element("button");
    made.type = "button";
    made.dataset.group = key;
    made.title = `Light up: ${text}`;
    made.append(sign, element("span", text), element("small", firms.toLocaleString("en")));
    made.addEventListener("click", () => void stage.go({ lit: read(stage.query, "lit") === key ? null : key }));
    for (const event of ["pointerenter", "focus"]) made.addEventListener(event, () => stage.lightGroup(key));
    for (const event of ["pointerleave", "blur"]) made.addEventListener(event, () => stage.lightGroup(""));
    return made;
  };

  const press = (): void => {
    const now = read(stage.query, "lit");
    for (const button of home.querySelectorAll<HTMLElement>("[data-group]")) button.setAttribute("aria-pressed", String(button.dataset.group === now));
  };

  /** Sizes are those of the picture, and grow with it. */
  const scale = (): void => {
    const size = stage.painter.lens.mark;
    for (const circle of home.querySelectorAll<SVGElement>("[data-radius]")) {
      const across = String(Math.min(2 * Number(circle.dataset.radius) * size, 46).toFixed(1));
      if (circle.getAttribute("width") === across) continue;
      circle.setAttribute("width", across);
      circle.setAttribute("height", across);
    }
  };

  stage.on("shown", draw);
  stage.on("query", press);
  stage.on("drawn", scale);
  stage.on("theme", () => { drawn = null; draw(); });
}

const SVG = "http://www.w3.org/2000/svg";

function svg(size: number, shape: SVGElement): SVGElement {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "-8 -8 16 16");
  made.setAttribute("width", String(size));
  made.setAttribute("height", String(size));
  made.setAttribute("aria-hidden", "true");
  made.append(shape);
  return made;
}

/** A mark as the picture has it, drawn into a path of an SVG. */
function swatch(shape: number, colour: string): SVGElement {
  const path = document.createElementNS(SVG, "path");
  const parts: string[] = [];
  const pen = {
    moveTo: (x: number, y: number) => parts.push(`M${x} ${y}`),
    lineTo: (x: number, y: number) => parts.push(`L${x} ${y}`),
    closePath: () => parts.push("Z"),
    rect: (x: number, y: number, w: number, h: number) => parts.push(`M${x} ${y}h${w}v${h}h${-w}Z`),
    roundRect: (x: number, y: number, w: number, h: number) => parts.push(`M${x} ${y}h${w}v${h}h${-w}Z`),
    arc: (x: number, y: number, r: number) => parts.push(`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`),
  };
  mark(pen as unknown as CanvasPath & { closePath(): void }, shape, 0, 0, 5.6);
  path.setAttribute("d", parts.join(""));
  path.setAttribute("fill", colour);
  return svg(16, path);
}

function sized(text: string, radius: number): HTMLElement {
  const circle = document.createElementNS(SVG, "circle");
  circle.setAttribute("r", "7.2");
  circle.setAttribute("fill", "none");
  circle.setAttribute("stroke", "currentColor");
  circle.setAttribute("vector-effect", "non-scaling-stroke");
  const sign = svg(2 * radius, circle);
  sign.dataset.radius = String(radius);
  const made = element("span", "", "size");
  made.append(sign, element("span", text));
  return made;
}
