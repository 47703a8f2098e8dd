/* Addresses of other pages: written as the server writes them; a published page carries those it links to. */

/** A name as one segment of an address, whatever it holds (workbench/segments.py does the same). */
export function segment(name: string): string {
  const written = name.replaceAll("~", "~7E").replaceAll("/", "~2F").replaceAll("%", "~25");
  const safe = /[^.]/.test(written) ? written : written.replaceAll(".", "~2E") || "~";
  return encodeURIComponent(safe);
}

export class Pages {
  constructor(private readonly island: HTMLElement, private readonly kept: { firms: Record<string, string>; alliances: Record<string, string> } | null) {}

  firm(name: string): string {
    return this.kept ? own(this.kept.firms, name) : `${this.island.dataset.firms ?? ""}/${segment(name)}`;
  }

  alliance(id: string): string {
    return this.kept ? own(this.kept.alliances, id) : `${this.island.dataset.alliances ?? ""}/${segment(id)}`;
  }

  /** The alliances behind something, for the drawer; empty: a published page has no such list. */
  evidence(of: [string, string][], filter: string): string {
    const base = this.island.dataset.behind;
    if (!base) return "";
    const query = new URLSearchParams(filter);
    for (const [name, value] of of) query.append(name, value);
    return `${base}?${query}`;
  }
}

function own(record: Record<string, string>, key: string): string {
  return Object.hasOwn(record, key) ? (record[key] ?? "") : "";
}
