/* Coding: the desk where units are coded, and keys for settling disagreements. */

import { choose } from "./coding/answers";
import { Desk } from "./coding/desk";
import { focusOf, meaning } from "./coding/keys";

/** Settle by keys: an answer of the disagreement that has the focus (the first one, if none has), then its reason. */
function disputes(island: HTMLElement): void {
  const all = [...island.querySelectorAll<HTMLElement>(".dispute")];
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const target = event.target instanceof Element ? event.target : null;
    const current = target?.closest<HTMLElement>(".dispute") ?? all[0];
    if (!current) return;
    const keys = [...current.querySelectorAll<HTMLElement>("[data-key]")].map((one) => one.dataset.key ?? "");
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const found = meaning({ key: event.key, modified, composing: event.isComposing, on: focusOf(event.target) }, keys);
    if (!found || (found.does !== "answer" && found.does !== "missing")) return;
    const input = current.querySelector<HTMLInputElement>(`[data-key="${found.does === "missing" ? "0" : found.key}"]`);
    if (!input) return;
    event.preventDefault();
    choose(input);
    if (input.type === "radio") current.querySelector<HTMLInputElement>("input[name='why']")?.focus();
  });
}

for (const island of document.querySelectorAll<HTMLElement>("[data-island='coding']")) new Desk(island);
for (const island of document.querySelectorAll<HTMLElement>("[data-island='disputes']")) disputes(island);
