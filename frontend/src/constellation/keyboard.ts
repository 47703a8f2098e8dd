/* The keys of the picture. One stop of the Tab key; arrows go from firm to firm. */

import type { Direction } from "./hit";

export interface Keys {
  towards(direction: Direction): void;
  pan(dx: number, dy: number): void;
  select(): void;
  open(): void;
  ego(): void;
  /** One step back; false: there was none. */
  back(): boolean;
  zoom(factor: number): void;
  fit(): void;
  search(): void;
  help(): void;
  list(): void;
  play(): void;
  undo(): void;
  redo(): void;
}

const ARROWS: Record<string, [Direction, number, number]> = {
  ArrowLeft: ["left", 80, 0],
  ArrowRight: ["right", -80, 0],
  ArrowUp: ["up", 0, 80],
  ArrowDown: ["down", 0, -80],
};

/** What a key means on the picture; undefined: nothing, the browser has it. */
export function meaning(event: Pick<KeyboardEvent, "key" | "shiftKey">, keys: Keys): (() => void) | undefined {
  const arrow = ARROWS[event.key];
  if (arrow) return event.shiftKey ? () => keys.pan(arrow[1], arrow[2]) : () => keys.towards(arrow[0]);
  const simple: Record<string, () => void> = {
    Enter: () => keys.open(),
    " ": () => keys.select(),
    e: () => keys.ego(),
    "+": () => keys.zoom(1.5),
    "=": () => keys.zoom(1.5),
    "-": () => keys.zoom(1 / 1.5),
    "0": () => keys.fit(),
    l: () => keys.list(),
    p: () => keys.play(),
  };
  return simple[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) && !(target instanceof HTMLInputElement && target.type === "range");
}

export function listen(canvas: HTMLElement, keys: Keys): void {
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const found = meaning(event, keys);
    if (!found) return;
    event.preventDefault();
    found();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/i.test(event.key)) {
      event.preventDefault();
      if (event.key.toLowerCase() === "y" || event.shiftKey) keys.redo();
      else keys.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") keys.search();
    else if (event.key === "?") keys.help();
    else if (event.key !== "Escape" || !document.getElementById("drawer")?.hidden || !keys.back()) return;
    event.preventDefault();
  });
}
