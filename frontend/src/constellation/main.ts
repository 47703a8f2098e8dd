/* The constellation: an island of the page, drawn from its scene. */

import { onTheme } from "../charts/colours";
import { Address } from "./address";
import { card, neighbours } from "./card";
import { clearFilter, controls, filters } from "./controls";
import { part, plural } from "./dom";
import { exports } from "./export";
import { keyboard } from "./keyboard";
import { legend } from "./legend";
import { list } from "./list";
import { Painter } from "./painter";
import { Pages } from "./pages";
import { listen } from "./pointer";
import type { Scene } from "./scene";
import { search } from "./search";
import { cancel, Source } from "./source";
import { Stage } from "./stage";
import { read } from "./state";
import { ranked, ring, said, tooltip } from "./tooltip";
import { ends, years } from "./years";

function carried<Content>(id: string): Content | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as Content) : null;
}

/** What the page says instead of a picture: for what it waits, what went wrong, that nobody is left. */
function status(stage: Stage): void {
  const box = part("status")!;
  const [words, bar] = [box.querySelector("p")!, box.querySelector("progress")!];
  const [clear, again] = [box.querySelector<HTMLElement>("[data-clear]")!, box.querySelector<HTMLElement>("[data-again]")!];
  const stop = box.querySelector<HTMLElement>("[data-cancel]")!;
  let running: string | null = null;
  stop.addEventListener("click", () => {
    // The scene is asked for until the server says that it was cancelled: then trying again begins anew.
    stop.setAttribute("disabled", "");
    if (running) void cancel(running);
  });
  stage.status = ({ kind, words: now, share, job }) => {
    running = job ?? null;
    stop.hidden = !running;
    if (!running) stop.removeAttribute("disabled");
    box.hidden = kind === "";
    box.dataset.kind = kind;
    words.textContent = now;
    words.classList.toggle("wait", kind === "wait");
    bar.hidden = kind !== "wait" || typeof share !== "number";
    if (typeof share === "number") bar.value = share;
    clear.hidden = kind !== "empty" && kind !== "error";
    again.hidden = kind !== "error";
  };
  clear.addEventListener("click", () => clearFilter(stage));
  again.addEventListener("click", () => void stage.load());
}

/** What a published page shows of its scene, as the server would say it. */
function counted(stage: Stage): string {
  const { shown, sky, query } = stage;
  if (!shown || !sky) return "";
  const { years } = sky.scene;
  const [since, until] = ends(query, years[0] ?? 0, years.at(-1) ?? 0);
  const when = since === until ? `announced ${since}` : `announced ${since} to ${until}`;
  const around = read(query, "ego");
  return `${plural(shown.alliances, "alliance")} of ${plural(shown.firms, "firm")}, ${when}${around ? `; ${around} and its neighbours` : ""}`;
}

async function start(island: HTMLElement): Promise<void> {
  const [sky, lit] = [part<HTMLCanvasElement>("sky")!, part<HTMLCanvasElement>("lit")!];
  const painter = new Painter(sky, lit);
  const source = new Source(island.dataset.scene ?? "", carried<Scene>("scene"));
  const stage = new Stage(painter, source, new Address(source.live), new Pages(island, source.live ? null : carried("pages")));
  const size = (): void => stage.resize(sky.clientWidth, sky.clientHeight);
  size();
  new ResizeObserver(size).observe(sky);
  onTheme(() => {
    painter.turn();
    stage.tell("theme");
  });

  const live = part("said")!;
  const tell = (text: string): void => { live.textContent = text; };
  status(stage);
  listen(stage, sky);
  tooltip(stage, part("tip")!);
  ring(stage, part("ring")!);
  legend(stage);
  card(stage);
  neighbours(stage);
  controls(stage);
  filters(stage);
  exports(stage);
  const time = years(stage, tell);
  const table = list(stage);
  const find = search(stage, island.dataset.complete ?? "");
  keyboard(stage, {
    search: find.focus,
    list: table.toggle,
    play: () => time?.toggle(),
    leave: (firm) => {
      const href = stage.pages.firm(stage.nameOf(firm));
      if (href) location.href = href;
    },
  });
  const words = part("words");
  stage.on("shown", () => {
    if (!stage.sky || stage.trying) return;
    const now = stage.shown?.narrowed ? counted(stage) : stage.sky.scene.words;
    if (words) words.textContent = now;
    if (stage.selected < 0) tell(now);
  });
  stage.on("selected", () => {
    if (stage.selected >= 0) tell([`${stage.nameOf(stage.selected)}: ${said(stage, stage.selected)}`, ranked(stage, stage.selected)].filter(Boolean).join(", "));
  });

  await stage.load();
  const firm = stage.sky?.index.get(read(stage.query, "firm")) ?? -1;
  if (firm >= 0) stage.select(firm, false, !read(stage.query, "x") && !read(stage.query, "ego"));
  performance.mark("constellation-ready");
  island.dataset.ready = "true";
}

const island = document.querySelector<HTMLElement>('[data-island="constellation"]');
if (island) void start(island);
