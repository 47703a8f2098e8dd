/* The list: the firms of the picture as a table to sort and search, in step with what is selected. */

import { folded } from "../tables_whole";
import type { Sky } from "./scene";
import type { Shown } from "./shown";
import { button, count, groupOf, made, plural, value } from "./words";

const STEP = 500;

export interface Column {
  name: string;
  label: string;
  number: boolean;
  of: (firm: number) => string | number | null;
}

/** The columns for a scene: what is not in it has none. */
export function columnsOf(sky: Sky, shown: Shown): Column[] {
  const { firms, legend, sizing } = sky.scene;
  const columns: Column[] = [{ name: "firm", label: "Firm", number: false, of: (firm) => firms.name[firm] ?? "" }];
  const grouped = legend.colours.length > 0 && legend.title.colours !== "Community";
  if (grouped) columns.push({ name: "group", label: legend.title.colours, number: false, of: (firm) => groupOf(sky, firm) });
  columns.push({ name: "alliances", label: "Alliances", number: true, of: (firm) => shown.alliancesOf[firm] ?? null });
  columns.push({ name: "partners", label: "Partners", number: true, of: (firm) => shown.partnersOf[firm] ?? null });
  if (sizing.measure !== "alliances" && sizing.measure !== "degree") {
    columns.push({ name: "value", label: legend.title.sizes, number: true, of: (firm) => shown.valueOf[firm] ?? null });
  }
  if (sky.scene.communities.length) columns.push({ name: "community", label: "Community", number: true, of: (firm) => firms.community[firm] ?? null });
  return columns;
}

/** The firms of a list in order; what is missing comes last either way, equal ones by name. */
export function sorted(firms: readonly number[], column: Column, down: boolean, names: readonly string[]): number[] {
  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const keys = new Map(firms.map((firm) => [firm, column.of(firm)]));
  return [...firms].sort((one, two) => {
    const a = keys.get(one) ?? null;
    const b = keys.get(two) ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null) || one - two;
    const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
    return (down ? -order : order) || collator.compare(names[one] ?? "", names[two] ?? "");
  });
}

export class List {
  private sky: Sky | null = null;
  private shown: Shown | null = null;
  private sort = "alliances";
  private down = true;
  private most = STEP;
  private text = "";
  private order: number[] = [];
  private selected = -1;
  private stale = true;
  private readonly table: HTMLTableElement;
  private readonly note: HTMLElement;

  constructor(private readonly place: HTMLElement, private readonly choose: (firm: number) => void) {
    this.table = place.querySelector("table")!;
    this.note = place.querySelector("[data-note]")!;
    const input = place.querySelector<HTMLInputElement>("input[type='search']");
    input?.addEventListener("input", () => {
      this.text = folded(input.value);
      this.most = STEP;
      this.fill();
    });
    this.table.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("tr[data-firm]") : null;
      if (row) this.choose(Number(row.dataset.firm));
    });
    this.table.addEventListener("keydown", (event) => this.key(event));
  }

  over(sky: Sky, shown: Shown): void {
    this.sky = sky;
    this.shown = shown;
    this.stale = true;
    if (this.isSeen) this.fill();
  }

  private get isSeen(): boolean {
    return this.place.offsetParent !== null;
  }

  /** The list has come to sight. */
  open(): void {
    if (this.stale) this.fill();
    this.select(this.selected);
  }

  select(firm: number): void {
    this.table.querySelector("tr[aria-selected='true']")?.removeAttribute("aria-selected");
    this.selected = firm;
    const at = this.order.indexOf(firm);
    if (at >= this.most) {
      this.most = at + STEP;
      this.fill();
      return;
    }
    const row = this.row(firm);
    row?.setAttribute("aria-selected", "true");
    if (this.isSeen) row?.scrollIntoView({ block: "nearest" });
  }

  private row(firm: number): HTMLElement | null {
    return this.table.querySelector(`tr[data-firm='${firm}']`);
  }

  private fill(): void {
    const { sky, shown } = this;
    if (!sky || !shown) return;
    this.stale = false;
    const columns = columnsOf(sky, shown);
    const column = columns.find((one) => one.name === this.sort) ?? columns[0]!;
    const names = sky.scene.firms.name;
    const among: number[] = [];
    for (let firm = 0; firm < sky.size; firm++) if (shown.firm[firm] && (!this.text || folded(names[firm]!).includes(this.text))) among.push(firm);
    this.order = sorted(among, column, this.down, names);
    const rows = this.order.slice(0, this.most).map((firm, at) => this.made(columns, firm, at === 0));
    this.table.tHead!.replaceChildren(this.head(columns, column));
    this.table.tBodies[0]!.replaceChildren(...rows);
    this.say();
    this.row(this.selected)?.setAttribute("aria-selected", "true");
  }

  private say(): void {
    const many = this.order.length;
    const all = many <= this.most;
    this.note.textContent = all ? plural(many, "firm") : `The first ${count(this.most)} of ${plural(many, "firm")}; search for others, or show more.`;
    if (!all) this.note.append(" ", button(`Show ${count(Math.min(STEP, many - this.most))} more`, "small", () => { this.most += STEP; this.fill(); }));
  }

  private head(columns: readonly Column[], by: Column): HTMLTableRowElement {
    const row = made("tr");
    for (const column of columns) {
      const cell = made("th", "", column.number ? "right" : "");
      cell.scope = "col";
      if (column === by) cell.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      const press = button(column.label, "sorter", () => {
        this.down = column === by ? !this.down : column.number;
        this.sort = column.name;
        this.fill();
        this.table.tHead?.querySelectorAll("button")[columns.indexOf(column)]?.focus();
      });
      cell.append(press);
      row.append(cell);
    }
    return row;
  }

  private made(columns: readonly Column[], firm: number, first: boolean): HTMLTableRowElement {
    const row = made("tr");
    row.dataset.firm = String(firm);
    columns.forEach((column, at) => {
      const found = column.of(firm);
      const text = column.number ? value(found as number | null) : String(found ?? "");
      if (at > 0) {
        row.append(made("td", text, column.number ? "right" : ""));
        return;
      }
      const cell = made("th");
      cell.scope = "row";
      const press = made("button", text, "name");
      press.type = "button";
      // One stop of the Tab key for the list; arrow keys go from row to row.
      press.tabIndex = first ? 0 : -1;
      cell.append(press);
      row.append(cell);
    });
    return row;
  }

  private key(event: KeyboardEvent): void {
    const row = event.target instanceof Element ? event.target.closest("tbody tr") : null;
    if (!row) return;
    const all = [...(row.parentElement?.children ?? [])];
    const at = all.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? undefined : all[to];
    if (!next) return;
    event.preventDefault();
    const press = next.querySelector("button");
    this.table.querySelectorAll<HTMLElement>("tbody button[tabindex='0']").forEach((one) => (one.tabIndex = -1));
    if (press) press.tabIndex = 0;
    press?.focus();
  }
}
