/* Keys: one tab stop for the picture, arrows from firm to firm, letters for what is done most. */

import { panned } from "./camera";
import { part, typing } from "./dom";
import { central, towards, type Direction } from "./hit";
import type { Stage } from "./stage";
import { read } from "./state";

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const FAR = 90;

export interface Acts {
  search: () => void;
  list: () => void;
  play: () => void;
  leave: (firm: number) => void;
}

export function ego(stage: Stage, firm: number): void {
  const name = stage.nameOf(firm);
  if (name) void stage.go({ ego: name, distance: null, firm: name }, true);
}

/** Back to all firms. */
export function everybody(stage: Stage): void {
  void stage.go({ ego: null, distance: null, x: null, y: null, z: null }).then(() => stage.fit());
}

export function keyboard(stage: Stage, acts: Acts): void {
  const { element } = stage.painter;
  const dialog = part<HTMLDialogElement>("keys")!;

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (onPicture(event)) event.preventDefault();
  });

  const onPicture = (event: KeyboardEvent): boolean => {
    const direction = ARROWS[event.key];
    if (direction) {
      if (event.shiftKey) push(stage, direction);
      else walk(stage, direction);
      return true;
    }
    const { selected } = stage;
    switch (event.key) {
      case "Enter":
        if (selected >= 0) acts.leave(selected);
        return selected >= 0;
      case " ":
        stage.select(selected, true);
        return true;
      case "e":
      case "E":
        if (selected >= 0) ego(stage, selected);
        return true;
      case "Escape":
        return back(stage);
      case "+":
      case "=":
        stage.zoom(1.5);
        return true;
      case "-":
      case "_":
        stage.zoom(1 / 1.5);
        return true;
      case "0":
        stage.fit();
        return true;
      case "l":
      case "L":
        acts.list();
        return true;
      case "p":
      case "P":
        acts.play();
        return true;
      default:
        return false;
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open]")) return;
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (letter === "z" && !event.shiftKey) stage.undo();
      else if ((letter === "z" && event.shiftKey) || letter === "y") stage.redo();
      else return;
    } else if (event.key === "/") acts.search();
    else if (event.key === "?") dialog.showModal();
    else return;
    event.preventDefault();
  });

  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-act]")) {
    button.addEventListener("click", () => {
      switch (button.dataset.act) {
        case "nearer": return stage.zoom(1.6);
        case "farther": return stage.zoom(1 / 1.6);
        case "fit": return stage.fit();
        case "undo": return stage.undo();
        case "redo": return stage.redo();
        case "keys": return dialog.showModal();
      }
    });
  }
  const able = (): void => {
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-act]")) {
      if (button.dataset.act === "undo") button.disabled = !stage.past.canUndo;
      if (button.dataset.act === "redo") button.disabled = !stage.past.canRedo;
    }
  };
  stage.on("query", able);
  able();
}

function walk(stage: Stage, direction: Direction): void {
  const { sky, shown, selected } = stage;
  if (!sky || !shown) return;
  const next = selected < 0 ? central(sky, shown, stage.camera.x, stage.camera.y) : towards(sky, shown, selected, direction);
  if (next < 0) return;
  stage.point(null);
  stage.select(next, false);
  stage.reveal(next);
}

function push(stage: Stage, direction: Direction): void {
  const [dx, dy] = { left: [FAR, 0], right: [-FAR, 0], up: [0, FAR], down: [0, -FAR] }[direction] as [number, number];
  if (stage.sky) stage.fly(panned(stage.camera, dx, dy, stage.sky.scene, stage.painter.view));
}

/** One step back: from the neighbours to all, from a group or a firm to none. */
function back(stage: Stage): boolean {
  // Evidence that is open closes first; it listens for itself.
  if (document.documentElement.classList.contains("with-drawer")) return false;
  if (read(stage.query, "ego")) everybody(stage);
  else if (stage.selected >= 0) stage.select(-1, false);
  else if (read(stage.query, "lit")) void stage.go({ lit: null });
  else return false;
  return true;
}
