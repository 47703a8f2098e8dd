/* The constellation: an island of the page, drawn from its scene. */

import { onTheme } from "../charts/colours";
import { Address } from "./address";
import { Painter } from "./painter";
import { Pages } from "./pages";
import { listen } from "./pointer";
import type { Scene } from "./scene";
import { Source } from "./source";
import { Stage } from "./stage";
import { ring, tooltip } from "./tooltip";

function carried<Content>(id: string): Content | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as Content) : null;
}

async function start(island: HTMLElement): Promise<void> {
  const find = <Kind extends HTMLElement>(part: string): Kind => island.querySelector<Kind>(`[data-part="${part}"]`)!;
  const [sky, lit] = [find<HTMLCanvasElement>("sky"), find<HTMLCanvasElement>("lit")];
  const painter = new Painter(sky, lit);
  const source = new Source(island.dataset.scene ?? "", carried<Scene>("scene"));
  const stage = new Stage(painter, source, new Address(source.live), new Pages(island, source.live ? null : carried("pages")));
  const size = (): void => painter.resize(sky.clientWidth, sky.clientHeight);
  size();
  new ResizeObserver(size).observe(sky);
  onTheme(() => { painter.turn(); stage.tell("theme"); });
  listen(stage, sky);
  tooltip(stage, find("tip"));
  ring(stage, find("ring"));
  await stage.load();
  performance.mark("constellation-ready");
  island.dataset.ready = "true";
}

const island = document.querySelector<HTMLElement>('[data-island="constellation"]');
if (island) void start(island);
