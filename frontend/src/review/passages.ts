/* Coding on the page of a work: text that one selects in the abstract becomes the passage, and digits choose a code. */

import { focusOf } from "./keys";

export function passages(island: HTMLElement): void {
  const form = island.querySelector<HTMLFormElement>("#code-passage");
  const quote = island.querySelector<HTMLTextAreaElement>("#quote");
  const codes = island.querySelector<HTMLSelectElement>("#code");
  const abstract = document.querySelector<HTMLElement>("#abstract");
  if (!form || !quote || !codes) return;

  /** What was put in by selecting; words that somebody wrote are left alone. */
  let taken = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!abstract || !selection || selection.isCollapsed || selection.rangeCount === 0) return;
    if (!abstract.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
    const words = selection.toString().replace(/\s+/g, " ").trim().slice(0, quote.maxLength);
    if (!words || (quote.value && quote.value !== taken)) return;
    taken = words;
    quote.value = words;
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || focusOf(event.target) === "text") return;
    const wanted = codes.querySelector<HTMLOptionElement>(`option[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    codes.value = wanted.value;
    codes.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelector<HTMLButtonElement>("button.primary")?.focus();
  });
}
