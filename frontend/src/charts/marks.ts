/* Marks that lead to their evidence: by mouse, and by keyboard with one tab stop a drawing and arrows within. */

interface Item {
  datum?: { href?: string | null; description?: string };
}

interface Marked extends SVGElement {
  __data__?: Item;
}

interface Watched {
  addEventListener(type: "click", handler: (event: unknown, item?: unknown) => void): unknown;
}

const NEXT: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Make links of the marks of a drawing that have evidence. */
export function linkMarks(place: HTMLElement, view: Watched): void {
  const marks = [...place.querySelectorAll<Marked>("svg [role='graphics-symbol']")].filter((mark) => addressOf(mark.__data__));
  for (const [position, mark] of marks.entries()) {
    mark.setAttribute("role", "link");
    mark.removeAttribute("aria-roledescription");
    mark.setAttribute("aria-label", mark.__data__?.datum?.description ?? mark.getAttribute("aria-label") ?? "Evidence");
    mark.setAttribute("tabindex", position ? "-1" : "0");
    mark.classList.add("leads");
    mark.addEventListener("keydown", (event) => pressed(event, marks, position));
    mark.addEventListener("focus", () => {
      for (const other of marks) other.setAttribute("tabindex", other === mark ? "0" : "-1");
    });
  }
  view.addEventListener("click", (_event, item) => {
    const href = addressOf(item as Item | undefined);
    // A text upon a mark stands for it.
    const mark = marks.find((one) => addressOf(one.__data__) === href);
    if (href) ask(mark ?? place, href, (item as Item).datum?.description);
  });
}

function pressed(event: KeyboardEvent, marks: Marked[], position: number): void {
  const step = NEXT[event.key];
  if (step !== undefined) {
    event.preventDefault();
    marks[(position + step + marks.length) % marks.length]?.focus();
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    marks.at(event.key === "Home" ? 0 : -1)?.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const mark = marks[position];
    const href = addressOf(mark?.__data__);
    if (mark && href) ask(mark, href, mark.__data__?.datum?.description);
  }
}

function addressOf(item: Item | undefined): string | null {
  const href = item?.datum?.href;
  return typeof href === "string" && href.startsWith("#evidence-") ? href : null;
}

function ask(from: Element, href: string, title?: string): void {
  from.dispatchEvent(new CustomEvent("evidence", { bubbles: true, detail: { href, title } }));
}
