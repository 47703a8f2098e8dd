/* Tables that one works in: rows by arrow keys, search as one types, keys for the rest.

   The server searches, sorts and pages; without scripts all of it works by links and a form. Where there is
   no server (`data-whole`), the rows are all on the page and are searched and sorted here (tables_whole.ts). */

import { helpDialog, typing } from "./tables_keys";
import { Rows } from "./tables_rows";
import { takeOver } from "./tables_whole";

function begin(listing: HTMLElement): void {
  listing.classList.add("ready");
  const rows = new Rows(listing);
  const search = listing.querySelector<HTMLInputElement>("input[type='search']");
  if (listing.dataset.whole !== undefined) takeOver(listing, search, () => rows.refresh());
  rows.refresh();
  showKeysButton(listing);
  listing.addEventListener("htmx:load", () => {
    rows.refresh();
    showKeysButton(listing);
  });
  search?.addEventListener("input", () => {
    keepSearch(search.value);
  });
  search?.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      rows.focusFirst();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!typing(event)) act(event, listing, rows, search);
  });
  listing.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-keys]")) helpDialog(listing);
  });
}

function act(event: KeyboardEvent, listing: HTMLElement, rows: Rows, search: HTMLInputElement | null): void {
  if (rows.handle(event)) return;
  if (event.key === "/" && search) {
    search.focus();
    search.select();
  } else if (event.key === "?") {
    helpDialog(listing);
  } else if (event.key === "n" || event.key === "p") {
    const rel = event.key === "n" ? "next" : "prev";
    const link = listing.querySelector<HTMLAnchorElement>(`.listing-foot a[rel='${rel}']`);
    if (!link) return;
    link.click();
  } else {
    return;
  }
  event.preventDefault();
}

/** The other forms of the page send the search that was typed, not the one that the page came with. */
function keepSearch(text: string): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[method='get']")) {
    const shown = form.querySelector("input[name='q']:not([type='hidden'])");
    if (shown) continue;
    let hidden = form.querySelector<HTMLInputElement>("input[name='q']");
    if (!hidden) {
      hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "q";
      form.append(hidden);
    }
    hidden.value = text;
    hidden.disabled = text === "";
  }
}

function showKeysButton(listing: HTMLElement): void {
  const button = listing.querySelector<HTMLElement>("[data-keys]");
  if (button) button.hidden = false;
}

for (const listing of document.querySelectorAll<HTMLElement>("[data-island='listing']")) begin(listing);
