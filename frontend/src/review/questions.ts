/* Questions one below the other, each answered by one key: the one that has the focus, else the first. */

import { focusOf } from "./keys";

export function questions(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || focusOf(event.target) === "text") return;
    // Asked for at each key: the page may have brought others in the meantime.
    const all = [...document.querySelectorAll<HTMLElement>("[data-island='questions'] [data-question]")];
    const target = event.target instanceof Element ? event.target : null;
    const current = target?.closest<HTMLElement>("[data-question]") ?? all[0];
    if (event.key === "j" || event.key === "k") {
      const place = target?.closest("[data-question]") ? all.indexOf(current as HTMLElement) : -1;
      const next = all[Math.min(all.length - 1, Math.max(0, place + (event.key === "j" ? 1 : -1)))];
      next?.querySelector<HTMLElement>("h2")?.focus();
      event.preventDefault();
      return;
    }
    const button = current?.querySelector<HTMLElement>(`[data-answer="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    if (button instanceof HTMLInputElement) {
      button.checked = true;
      button.dispatchEvent(new Event("change", { bubbles: true }));
      current?.querySelector<HTMLInputElement>("input[name='why']")?.focus();
    } else button.click();
  });
}
