/* Mouse, pen and fingers: drag to pan, wheel or two fingers to zoom about the point, point to light, click to open. */

import { panned, zoomed } from "./camera";
import { tieAt } from "./hit";
import type { Pointed, Stage } from "./stage";

/** Pixels that a click may shake. */
const STILL = 4;
/** Milliseconds that the pointer rests before a tie lights up: in a thicket each move would light another. */
const REST = 110;

export function listen(stage: Stage, element: HTMLElement): void {
  const down = new Map<number, { x: number; y: number }>();
  let dragged = false;
  let start = { x: 0, y: 0 };
  let resting = 0;

  const at = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const hover = ({ x, y }: { x: number; y: number }): void => {
    clearTimeout(resting);
    const now = found(stage, x, y);
    const isNew = now.tie >= 0 && now.tie !== stage.pointed.tie;
    stage.point(isNew ? null : now);
    if (isNew) resting = window.setTimeout(() => stage.point(now), REST);
  };

  element.addEventListener("pointerdown", (event) => {
    clearTimeout(resting);
    if (event.button !== 0) return;
    const place = at(event);
    if (!down.size) [dragged, start] = [false, place];
    else dragged = true;
    down.set(event.pointerId, place);
    element.setPointerCapture(event.pointerId);
  });

  element.addEventListener("pointermove", (event) => {
    const place = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") hover(place);
      return;
    }
    if (!dragged && Math.hypot(place.x - start.x, place.y - start.y) < STILL) return;
    if (!dragged) {
      dragged = true;
      stage.point(null);
      element.classList.add("dragged");
    }
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, place);
    const frame = stage.sky?.scene;
    if (!frame) return;
    const { view } = stage.painter;
    if (!other) {
      stage.look(panned(stage.camera, place.x - before.x, place.y - before.y, frame, view));
      return;
    }
    const ratio = Math.hypot(place.x - other.x, place.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    const [mx, my] = [(place.x + other.x) / 2, (place.y + other.y) / 2];
    const moved = panned(stage.camera, (place.x - before.x) / 2, (place.y - before.y) / 2, frame, view);
    stage.look(zoomed(moved, ratio, mx, my, frame, view));
  });

  const up = (event: PointerEvent, click: boolean): void => {
    if (!down.delete(event.pointerId)) return;
    if (down.size) return;
    element.classList.remove("dragged");
    if (!click || dragged) return;
    const place = at(event);
    const what = found(stage, place.x, place.y);
    if (what.firm >= 0) stage.select(what.firm, true);
    else if (what.tie >= 0) stage.openTie(what.tie);
    else stage.select(-1, false);
    // A finger points at nothing when it is gone.
    if (event.pointerType === "touch") stage.point(null);
  };
  element.addEventListener("pointerup", (event) => up(event, true));
  element.addEventListener("pointercancel", (event) => up(event, false));
  element.addEventListener("pointerleave", () => {
    clearTimeout(resting);
    if (!down.size) stage.point(null);
  });

  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = stage.sky?.scene;
    if (!frame) return;
    const { x, y } = at(event);
    const much = event.deltaY * (event.deltaMode === 1 ? 18 : 1) * (event.ctrlKey ? 0.01 : 0.0016);
    stage.look(zoomed(stage.camera, Math.exp(-Math.min(Math.max(much, -0.5), 0.5)), x, y, frame, stage.painter.view));
  }, { passive: false });

  element.addEventListener("dblclick", (event) => {
    const { x, y } = at(event);
    if (found(stage, x, y).firm < 0) stage.zoom(event.shiftKey ? 0.5 : 2, x, y);
  });
}

function found(stage: Stage, x: number, y: number): Pointed {
  const { sky, shown, grid } = stage;
  if (!sky || !shown || !grid) return { firm: -1, tie: -1, x, y };
  const { lens } = stage.painter;
  const firm = grid.at(x, y, lens, shown);
  return { firm, tie: firm >= 0 ? -1 : tieAt(sky, shown, x, y, lens), x, y };
}
