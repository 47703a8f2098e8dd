/* Files of what is shown: the same view, the same camera, the size of the window, the theme. */

import { part } from "./dom";
import type { Stage } from "./stage";
import { cameraChanges, changed } from "./state";

export function exported(query: string, stage: Pick<Stage, "camera"> & { painter: { view: { width: number; height: number }; inks: { dark: boolean } } }): string {
  const { view, inks } = stage.painter;
  const size = (one: number): number => Math.round(Math.min(Math.max(one, 200), 4000));
  const looked = { ...cameraChanges(stage.camera), w: size(view.width), h: size(view.height), theme: inks.dark ? "dark" : "light" };
  return changed(changed(query, { firm: null, list: null, lit: null, names: null }), looked);
}

export function exports(stage: Stage): void {
  const menu = part("export");
  if (!menu) return;
  const links = [...menu.querySelectorAll<HTMLAnchorElement>("[data-kind]")].map((link) => ({ link, path: new URL(link.href).pathname }));
  menu.addEventListener("toggle", () => {
    for (const { link, path } of links) link.href = `${path}?${exported(stage.query, stage)}`;
  });
  const copy = part<HTMLButtonElement>("copy")!;
  const usual = copy.lastChild!;
  const words = usual.textContent;
  copy.addEventListener("click", () => {
    navigator.clipboard.writeText(location.href).then(
      () => { usual.textContent = " Copied"; },
      () => { usual.textContent = " Copy it from the address bar"; },
    );
    setTimeout(() => { usual.textContent = words; }, 2500);
  });
}
