/* Evidence that a page carries with itself, as a published site does: it works from a disk, without a server.

   `<script type="application/json" id="evidence">` holds what `report/page_data.py` writes: firms, codes,
   publishers, alliances, and lists by key; `id="evidence-pages"` beside it says where the page of each alliance
   is. Everything is set as text, never as HTML. */

import { body, head } from "./drawer_parts";

type Source = [url: string, publisher: number, published: string];
type Row = [id: string, name: string, announced: string, firms: number[], codes: number[], summary: string, sources: Source[]];

interface Evidence {
  firms: string[];
  codes: [variable: string, value: string][];
  publishers: string[];
  alliances: Row[];
  lists: Record<string, [title: string, alliances: number[]]>;
}

const SHOWN = 200;
let read: Evidence | null | undefined;
let pages: Record<string, string> = {};

function evidence(): Evidence | null {
  if (read === undefined) {
    read = carriedBy<Evidence>("evidence");
    pages = carriedBy<Record<string, string>>("evidence-pages") ?? {};
  }
  return read;
}

function carriedBy<Content>(id: string): Content | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as Content) : null;
}

/** Return the drawer's content for `#evidence-KEY` where the page carries that list; null: it does not. */
export function embedded(href: string): Node[] | null {
  const carried = href.startsWith("#evidence-") ? evidence() : null;
  const key = href.slice("#evidence-".length);
  const list = carried && Object.hasOwn(carried.lists, key) ? carried.lists[key] : undefined;
  if (!carried || !list) return null;
  const [title, places] = list;
  const rows = places
    .map((place) => carried.alliances[place])
    .filter((row): row is Row => row !== undefined)
    .sort((one, other) => (one[2] === other[2] ? 0 : one[2] < other[2] ? 1 : -1));
  const said = rows.length === 1 ? "1 alliance" : `${rows.length.toLocaleString("en")} alliances`;
  const shown = rows.slice(0, SHOWN).map((row) => entry(row, carried));
  const rest = rows.length > SHOWN ? [text("p", `and ${(rows.length - SHOWN).toLocaleString("en")} more`, "soft")] : [];
  return [head(title, said), body(...shown, ...rest)];
}

function entry([id, name, announced, firms, codes, summary, sources]: Row, carried: Evidence): HTMLElement {
  const made = text("article", "", "entry");
  const title = document.createElement("h3");
  const page = Object.hasOwn(pages, id) ? pages[id] : undefined;
  if (page) title.append(Object.assign(text("a", name), { href: page }));
  else title.textContent = name;
  const partners = firms.map((place) => carried.firms[place] ?? "").join(", ");
  made.append(title, text("p", `${announced || "no date"} · ${partners}`, "when"), tags(codes, carried));
  if (summary) made.append(text("p", summary));
  made.append(sources.length ? from(sources, carried) : text("p", "No source", "from soft"));
  return made;
}

function tags(codes: number[], carried: Evidence): HTMLElement {
  const made = text("ul", "", "tags");
  for (const place of codes) {
    const [variable, value] = carried.codes[place] ?? ["", ""];
    const tag = text("li", "", "tag");
    tag.append(text("span", variable, "of"), ` ${value}`);
    made.append(tag);
  }
  return made;
}

function from(sources: Source[], carried: Evidence): HTMLElement {
  const made = text("ul", "", "from");
  for (const [url, publisher, published] of sources) {
    const item = document.createElement("li");
    const name = carried.publishers[publisher] || url || "source";
    if (/^https?:\/\//i.test(url)) {
      item.append(Object.assign(text("a", name), { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }));
    } else item.append(name);
    if (published) item.append(" ", text("span", published, "soft"));
    made.append(item);
  }
  return made;
}

function text<Name extends keyof HTMLElementTagNameMap>(name: Name, content: string, look = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = content;
  if (look) made.className = look;
  return made;
}
