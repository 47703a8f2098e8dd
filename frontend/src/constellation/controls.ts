/* What is shown and how: the form of the view, and the filter bar. Without scripts both are plain forms. */

import { changed, filterQuery, read, viewPairs, type Changes } from "./state";
import { part } from "./dom";
import type { Stage } from "./stage";

const TYPED = 500;

export function controls(stage: Stage): void {
  const form = part("controls")?.querySelector("form");
  if (!form) return;
  const fields = [...form.elements].filter((one): one is HTMLSelectElement | HTMLInputElement => one instanceof HTMLSelectElement || (one instanceof HTMLInputElement && one.type !== "hidden"));
  const value = (field: HTMLSelectElement | HTMLInputElement): string => {
    if (field.name === "names") return (field as HTMLInputElement).checked ? "" : "0";
    if (field instanceof HTMLInputElement && field.type === "checkbox") return field.checked ? "1" : "";
    if (field.name === "least") return Number(field.value) > 1 ? String(Math.min(Math.floor(Number(field.value)), 9999)) : "";
    return field.value === field.dataset.usual ? "" : field.value;
  };
  const apply = (): void => {
    clearTimeout(timer);
    const changes: Changes = {};
    for (const field of fields) changes[field.name] = value(field);
    void stage.go(changes);
  };
  let timer = 0;
  form.addEventListener("change", apply);
  form.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "number") return;
    clearTimeout(timer);
    timer = window.setTimeout(apply, TYPED);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  const sync = (): void => {
    stage.painter.write(read(stage.query, "names") !== "0");
    for (const field of fields) {
      const now = read(stage.query, field.name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = field.name === "names" ? now !== "0" : now === "1";
      else if (document.activeElement !== field || field instanceof HTMLSelectElement) field.value = now || (field.dataset.usual ?? "");
    }
  };
  stage.on("query", sync);
  sync();
}

export function filters(stage: Stage): void {
  const form = document.querySelector<HTMLFormElement>("form[data-filter]");
  if (!form) return;
  const apply = (): void => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value.trim() && isFilter(name)) query.append(name, value.trim());
    }
    for (const [name, value] of viewPairs(stage.query)) query.append(name, value);
    void stage.go(query.toString());
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
    for (const menu of form.querySelectorAll("details[open]")) menu.removeAttribute("open");
  });
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") apply();
  });
  const clear = form.querySelector<HTMLAnchorElement>("a.button") ?? cleared(form);
  clear.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearFilter(stage);
  });
  const sync = (): void => {
    const query = new URLSearchParams(stage.query);
    for (const field of form.elements) {
      if (!(field instanceof HTMLInputElement)) continue;
      if (field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value);
      else if (field.type !== "hidden") field.value = query.get(field.name) ?? "";
    }
    clear.hidden = !filterQuery(stage.query);
    for (const menu of form.querySelectorAll("details")) counted(menu);
  };
  stage.on("query", sync);
  sync();
  closing(form);
}

export function clearFilter(stage: Stage): void {
  void stage.go(new URLSearchParams(viewPairs(changed(stage.query, { ego: null, distance: null, least: null, part: null }))).toString());
}

function isFilter(name: string): boolean {
  return name === "since" || name === "until" || name === "where" || name.startsWith("v.");
}

function cleared(form: HTMLFormElement): HTMLAnchorElement {
  const made = Object.assign(document.createElement("a"), { className: "button quiet", href: form.action, textContent: "Clear" });
  form.append(made);
  return made;
}

/** A menu says how many of its boxes are ticked. */
function counted(menu: HTMLElement): void {
  const summary = menu.querySelector("summary");
  const text = summary?.firstChild;
  if (!summary || !(text instanceof Text)) return;
  const many = menu.querySelectorAll(":checked").length;
  text.data = text.data.trim().replace(/ · \d+$/, "") + (many ? ` · ${many} ` : " ");
  summary.classList.toggle("active", many > 0);
}

/** One menu is open at a time, and none after a click elsewhere. */
function closing(form: HTMLElement): void {
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
    }
  });
  form.addEventListener("keydown", (event) => {
    const menu = event.target instanceof Element ? event.target.closest("details[open]") : null;
    if (event.key !== "Escape" || !menu) return;
    event.preventDefault();
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
}
