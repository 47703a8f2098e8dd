/* A table whose rows are all on the page: searched and sorted here, as the server would. */

const LETTERS: Record<string, string> = {
  ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", "’": "'", "‘": "'", "–": "-", "—": "-",
};
const APART = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

/** Return a text as it is compared: without accents, in small letters, every white space one space. */
export function folded(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "");
  return plain.replace(APART, (letter) => LETTERS[letter] ?? letter).replace(/\s+/gu, " ").trim();
}

/** Return what is searched for: words, and texts in double quotes as they stand. */
export function words(search: string): string[] {
  const found = folded(search).match(/"[^"]*"|[^\s"]+/gu) ?? [];
  return found.map((word) => word.replaceAll('"', "").trim()).filter((word) => word !== "");
}

export type Key = number | string | null;

/** Compare two keys; what is missing comes last whichever way is sorted. */
export function compare(one: Key, other: Key, descending: boolean): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  const up = one < other ? -1 : one > other ? 1 : 0;
  return descending ? -up : up;
}

/** Let a table of the page be searched and sorted without a server. */
export function takeOver(listing: HTMLElement, search: HTMLInputElement | null, changed: () => void): void {
  const body = listing.querySelector<HTMLTableSectionElement>("tbody");
  const heads = [...listing.querySelectorAll<HTMLTableCellElement>("thead th")];
  if (!body) return;
  const rows = [...body.rows];
  const form = search?.form;
  if (search && form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    const texts = rows.map((row) => row.dataset.text ?? folded(row.textContent));
    let waiting = 0;
    const run = (): void => {
      const wanted = words(search.value);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !wanted.every((word) => texts[place]?.includes(word));
        if (!row.hidden) shown += 1;
      });
      say(listing, shown, wanted.length > 0);
      changed();
    };
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(run, 120);
    });
    if (search.value) run();
  }
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorts";
    button.textContent = head.textContent.trim();
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const number = ["number", "date"].includes(head.dataset.kind ?? "");
      const now = head.getAttribute("aria-sort");
      const descending = now ? now === "ascending" : number;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column], head)]));
      const sorted = [...rows].sort((one, other) => compare(keys.get(one) ?? null, keys.get(other) ?? null, descending));
      body.replaceChildren(...sorted);
      changed();
    });
  });
}

/** Return by what a cell is sorted: a number, the place of its category, or its text folded. */
export function keyOf(cell: HTMLTableCellElement | undefined, head: HTMLTableCellElement): Key {
  if (!cell || cell.querySelector(":scope > .missing")) return null;
  const text = cell.textContent.trim();
  if (head.dataset.kind === "number") return Number(text.replaceAll(",", ""));
  const order = head.dataset.order ? (JSON.parse(head.dataset.order) as string[]) : [];
  if (order.length) {
    const place = order.indexOf(text);
    return place < 0 ? order.length : place;
  }
  return folded(text);
}

function say(listing: HTMLElement, shown: number, searched: boolean): void {
  const said = listing.querySelector<HTMLElement>("#listing-said");
  if (!said) return;
  said.dataset.before ??= said.textContent;
  const many = said.dataset.before;
  said.textContent = searched ? `${shown.toLocaleString("en")} of ${many.trim()}` : many;
}
