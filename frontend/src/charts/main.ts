/* Charts: every `[data-island="chart"]` becomes a drawing of the Vega-Lite specification that it carries.

   Loaded only by pages that have figures. Expressions are interpreted, not compiled, so that no policy has
   to allow code made from text; tooltips, links and colours are ours. */

import embed, { type Result, type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

import { isDark, onTheme, themed, type Json } from "./colours";
import { linkMarks } from "./marks";
import { showTips } from "./tooltip";

const drawn = new WeakMap<Element, Result>();

async function draw(island: HTMLElement): Promise<void> {
  const text = island.querySelector("script[type='application/json']")?.textContent;
  if (!text) return;
  const spec = themed(JSON.parse(text) as Json, isDark()) as Record<string, Json>;
  const place = island.querySelector<HTMLElement>(".drawing") ?? added(island);
  drawn.get(island)?.finalize();
  const result = await embed(place, spec as unknown as VisualizationSpec, {
    actions: false,
    ast: true,
    defaultStyle: false,
    expr: expressionInterpreter,
    renderer: "svg",
    tooltip: false,
  });
  drawn.set(island, result);
  linkMarks(place, result.view);
  island.dataset.drawn = "true";
}

function added(island: HTMLElement): HTMLElement {
  const place = island.appendChild(Object.assign(document.createElement("div"), { className: "drawing" }));
  showTips(place);
  return place;
}

/** Draw the charts inside an element; one that cannot be drawn says so, and leaves its table and its files. */
function drawAll(root: ParentNode): void {
  for (const island of root.querySelectorAll<HTMLElement>("[data-island='chart']")) {
    draw(island).catch(() => {
      island.replaceChildren(Object.assign(document.createElement("p"), { className: "fine", textContent: "This figure cannot be drawn here. The files beneath it can be opened." }));
    });
  }
}

drawAll(document);
onTheme(() => drawAll(document));
// What a placeholder was replaced by.
document.addEventListener("htmx:load", (event) => {
  const loaded = event.target;
  if (loaded instanceof Element && loaded !== document.body) drawAll(loaded);
});
