/* The drawer: the alliances behind what was pointed at, beside the page that it was pointed at on.

   Whoever wants to open it gives a link `a.evidence`, an element with `data-evidence="ADDRESS"`, a mark of a
   drawing that leads to `#evidence-KEY`, or the event `evidence` with { href, title }. Without scripts the
   same links lead to a page. A published site carries its evidence in the page (see embedded.ts). */

import { body, head } from "./drawer_parts";
import { embedded } from "./embedded";

export interface Pointed {
  href: string;
  title?: string | undefined;
}

const OPENERS = "a.evidence, [data-evidence], a[href^='#evidence-'], a[*|href^='#evidence-']";
const drawer = document.getElementById("drawer");
let opener: Element | null = null;
let asked: AbortController | null = null;

/** Return the address that a mark with `#evidence-KEY` means on this page: its figure says where keys are found. */
export function addressOf(mark: Element, href: string): string {
  if (!href.startsWith("#evidence-") || embedded(href)) return href;
  const base = mark.closest<HTMLElement>("[data-keys]")?.dataset.keys;
  if (!base) return href;
  const joint = base.includes("?") ? "&" : "?";
  return `${base}${joint}key=${encodeURIComponent(href.slice("#evidence-".length))}`;
}

/** Open the drawer on what was pointed at; the focus comes back to `from` when it is closed. */
export function open(pointed: Pointed, from: Element | null, remember = true): void {
  if (!drawer) return;
  const already = !drawer.hidden;
  if (!(already && from && drawer.contains(from))) {
    mark(opener, false);
    opener = from;
    mark(opener, true);
  }
  drawer.hidden = false;
  document.documentElement.classList.add("with-drawer");
  if (remember) {
    const state = { ...(history.state as object | null), drawer: pointed };
    if (already) history.replaceState(state, "");
    else history.pushState(state, "");
  }
  void fill(drawer, pointed);
}

async function fill(panel: HTMLElement, pointed: Pointed): Promise<void> {
  asked?.abort();
  const carried = embedded(pointed.href);
  if (carried) {
    panel.replaceChildren(...carried);
    focusTitle(panel);
    return;
  }
  asked = new AbortController();
  const late = setTimeout(() => waiting(panel, pointed.title ?? "Evidence"), 150);
  try {
    const answer = await fetch(pointed.href, { headers: { "HX-Request": "true" }, signal: asked.signal });
    const text = await answer.text();
    clearTimeout(late);
    if (!answer.ok) failed(panel, "The evidence cannot be shown: " + (answer.status === 404 ? "it is no longer there." : "the address was not understood."));
    else panel.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.children);
    focusTitle(panel);
  } catch (error) {
    clearTimeout(late);
    if (!(error instanceof DOMException && error.name === "AbortError")) {
      failed(panel, "The workbench does not answer. Is it still running?");
      focusTitle(panel);
    }
  }
}

function waiting(panel: HTMLElement, title: string): void {
  panel.replaceChildren(head(title), body(Object.assign(document.createElement("p"), { className: "wait", textContent: "Looking up the alliances" })));
}

function failed(panel: HTMLElement, said: string): void {
  panel.replaceChildren(head("Evidence"), body(Object.assign(document.createElement("p"), { textContent: said })));
}

function focusTitle(panel: HTMLElement): void {
  panel.querySelector<HTMLElement>("[data-title]")?.focus();
}

function mark(element: Element | null, current: boolean): void {
  if (current) element?.setAttribute("aria-current", "true");
  else element?.removeAttribute("aria-current");
}

function shut(): void {
  if (!drawer || drawer.hidden) return;
  asked?.abort();
  const inside = drawer.contains(document.activeElement);
  drawer.hidden = true;
  drawer.replaceChildren();
  document.documentElement.classList.remove("with-drawer");
  mark(opener, false);
  if (inside && opener instanceof HTMLElement) opener.focus();
  else if (inside && opener instanceof SVGElement) opener.focus();
  opener = null;
}

/** Close by hand: the address goes back to where the drawer was not open. */
export function close(): void {
  if (!drawer || drawer.hidden) return;
  shut();
  if ((history.state as { drawer?: Pointed } | null)?.drawer) history.back();
}

function clicked(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-close]") && drawer?.contains(target)) {
    close();
    return;
  }
  const found = target?.closest(OPENERS);
  if (!found) return;
  const href = found.getAttribute("data-evidence") ?? found.getAttribute("href") ?? found.getAttributeNS("http://www.w3.org/1999/xlink", "href");
  if (!href) return;
  event.preventDefault();
  open({ href: addressOf(found, href), title: found.getAttribute("aria-label") ?? undefined }, found);
}

if (drawer) {
  document.addEventListener("click", clicked);
  document.addEventListener("evidence", (event) => {
    const detail = (event as CustomEvent<Pointed>).detail;
    const from = event.target instanceof Element ? event.target : document.activeElement;
    open({ href: from ? addressOf(from, detail.href) : detail.href, title: detail.title }, from);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) close();
  });
  addEventListener("popstate", (event) => {
    const kept = (event.state as { drawer?: Pointed } | null)?.drawer;
    if (kept) open(kept, null, false);
    else shut();
  });
  const kept = (history.state as { drawer?: Pointed } | null)?.drawer;
  if (kept) open(kept, null, false);
}
