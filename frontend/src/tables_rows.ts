/* Rows: one of them is in the order of tabs, arrow keys go from row to row, Enter opens. */

export class Rows {
  private current: HTMLTableRowElement | null = null;

  constructor(private readonly listing: HTMLElement) {
    listing.addEventListener("focusin", (event) => {
      const row = (event.target as Element).closest<HTMLTableRowElement>("tr[data-row]");
      if (row) this.choose(row);
    });
  }

  /** Take the rows as they are now: after a search, a sort, or at first. */
  refresh(): void {
    const rows = this.all();
    for (const row of rows) row.tabIndex = -1;
    this.current = null;
    if (rows[0]) this.choose(rows[0]);
  }

  focusFirst(): void {
    this.all()[0]?.focus();
  }

  /** Do what a key asks of the rows; return whether it asked anything. */
  handle(event: KeyboardEvent): boolean {
    const target = event.target as Element;
    const within = target.closest<HTMLTableRowElement>("tr[data-row]");
    if (!within && target !== document.body) return false;
    const rows = this.all();
    const from = within ?? null;
    const place = from ? rows.indexOf(from) : -1;
    let next: HTMLTableRowElement | undefined;
    if (event.key === "ArrowDown") next = from ? rows[place + 1] : (this.current ?? undefined);
    else if (event.key === "ArrowUp") next = from ? rows[place - 1] : (this.current ?? undefined);
    else if (event.key === "Home" && from) next = rows[0];
    else if (event.key === "End" && from) next = rows.at(-1);
    else if (event.key === "Enter" && target === from) {
      event.preventDefault();
      from?.querySelector<HTMLAnchorElement>("th a")?.click();
      return true;
    } else return false;
    event.preventDefault();
    if (next) {
      next.focus({ preventScroll: true });
      this.reveal(next);
    }
    return true;
  }

  private all(): HTMLTableRowElement[] {
    return [...this.listing.querySelectorAll<HTMLTableRowElement>("tr[data-row]:not([hidden])")];
  }

  private choose(row: HTMLTableRowElement): void {
    if (this.current) this.current.tabIndex = -1;
    row.tabIndex = 0;
    this.current = row;
  }

  /** Scroll so far that the row is not under the head, which stays where it is. */
  private reveal(row: HTMLTableRowElement): void {
    const head = row.closest("table")?.tHead?.getBoundingClientRect().height ?? 0;
    row.style.scrollMarginTop = `${String(head)}px`;
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
