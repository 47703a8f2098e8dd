/* Pages of alliances and firms: n and p go to the next and the one before, as in the table that one comes from. */

import { typing } from "./tables_keys";

const page = document.querySelector<HTMLElement>("[data-island='portrait']");
if (page) {
  document.addEventListener("keydown", (event) => {
    if (typing(event) || (event.key !== "n" && event.key !== "p")) return;
    const rel = event.key === "n" ? "next" : "prev";
    document.querySelector<HTMLAnchorElement>(`.neighbours a[rel='${rel}']`)?.click();
  });
}
