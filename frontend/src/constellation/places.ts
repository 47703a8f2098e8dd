/* Addresses of pages: of the running workbench by rule, of a published site by the list that its page carries. */

import { carried } from "./load";

let pages: { firms: Record<string, string>; alliances: Record<string, string> } | null | undefined;

function listed(): typeof pages {
  if (pages === undefined) pages = carried("sky-pages");
  return pages;
}

/** A name as one segment of an address, as the server writes it (segments.py). */
export function segment(name: string): string {
  const written = name.replaceAll("~", "~7E").replaceAll("/", "~2F").replaceAll("%", "~25");
  const safe = /[^.]/.test(written) ? written : written.replaceAll(".", "~2E") || "~";
  return encodeURIComponent(safe).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function firmPage(name: string): string {
  const known = listed();
  return known ? (known.firms[name] ?? "") : `/firms/${segment(name)}`;
}

export function alliancePage(id: string): string {
  const known = listed();
  return known ? (known.alliances[id] ?? "") : `/alliances/${segment(id)}`;
}
