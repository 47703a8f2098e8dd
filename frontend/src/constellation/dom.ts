/* Small helpers for the parts around the picture. */

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text = "", look = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (look) made.className = look;
  return made;
}

export function part<Kind extends HTMLElement = HTMLElement>(name: string): Kind | null {
  return document.querySelector<Kind>(`[data-part="${name}"]`);
}

/** Whether somebody is typing, so that letters are no commands. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=range], [type=checkbox]), textarea, select"));
}

export function plural(many: number, one: string): string {
  return `${many.toLocaleString("en")} ${many === 1 ? one : `${one}s`}`;
}

/** Letters without case and accents, for finding. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const names = new Map<string, string>();

/** The same of a firm's name, which is asked for at every letter that somebody types. */
export function foldedName(name: string): string {
  let found = names.get(name);
  if (found === undefined) names.set(name, (found = folded(name)));
  return found;
}
