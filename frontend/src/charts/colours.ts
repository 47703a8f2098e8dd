/* The colours of a drawing on a dark page: the page says which become which (report/theme.py, DARK). */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const system = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark: by choice, else as the system has it. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system.matches;
}

/** Call back when the page turns dark or light. */
export function onTheme(turned: () => void): void {
  system.addEventListener("change", turned);
  new MutationObserver(turned).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** Return a specification for this page: no paper of its own, marks without addresses, its colours turned over if dark. */
export function themed(spec: Json, dark: boolean): Json {
  const text = document.getElementById("chart-colours")?.textContent;
  const colours = dark && text ? (JSON.parse(text) as Record<string, string>) : {};
  const made = turned(spec, colours) as { [key: string]: Json };
  const config = (made.config ?? {}) as { [key: string]: Json };
  return { ...made, config: { ...config, background: "transparent" } };
}

function turned(part: Json, colours: Record<string, string>): Json {
  if (typeof part === "string") return Object.hasOwn(colours, part) ? (colours[part] ?? part) : part;
  if (Array.isArray(part)) return part.map((one) => turned(one, colours));
  if (part === null || typeof part !== "object") return part;
  const made: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(part)) {
    // A mark's address is opened by us (marks.ts): the drawing itself would follow it.
    if (key === "encoding" && value !== null && typeof value === "object" && !Array.isArray(value)) {
      const { href: _href, ...rest } = value;
      made[key] = turned(rest, colours);
    } else made[key] = turned(value, colours);
  }
  return made;
}
