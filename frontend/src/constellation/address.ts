/* Where the view is written: in the query of a running workbench; behind the # of a published page, which may lie on a disk. */

export class Address {
  constructor(private readonly live: boolean) {}

  /** The view that the address says. `#firm=NAME` is understood everywhere. */
  read(): string {
    const hash = location.hash.startsWith("#evidence") ? "" : location.hash.slice(1);
    if (!this.live) return hash;
    const query = new URLSearchParams(location.search);
    for (const [name, value] of new URLSearchParams(hash)) if (name === "firm") query.set(name, value);
    return query.toString();
  }

  push(query: string): void {
    // A new entry of its own: evidence that is open belongs to the one before.
    history.pushState(null, "", this.of(query));
  }

  replace(query: string): void {
    history.replaceState(history.state, "", this.of(query));
  }

  private of(query: string): string {
    if (!this.live) return query ? `#${query}` : "#";
    return location.pathname + (query ? `?${query}` : "");
  }
}
