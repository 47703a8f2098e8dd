/* Forms: what was typed is not lost by leaving, and rows of partners and sources are added, moved and taken
   out on the spot. Without scripts the same buttons send the form, and the server shows it with its rows moved. */

import "./complete";

const LEAVE = "beforeunload";

/** Warn before the page is left while a form holds what was not saved. */
function guard(form: HTMLFormElement): void {
  let touched = form.dataset.unsaved !== undefined;
  const warn = (event: BeforeUnloadEvent): void => {
    if (touched) event.preventDefault();
  };
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("rows", () => { touched = true; });
  form.addEventListener("submit", () => { window.removeEventListener(LEAVE, warn); });
  window.addEventListener(LEAVE, warn);
}

/** Let a list of rows always end in an empty one, and its buttons say the place that they stand at. */
function number(list: HTMLElement): void {
  const rows = [...list.children] as HTMLElement[];
  rows.forEach((row, place) => {
    row.classList.toggle("blank", place === rows.length - 1);
    for (const input of row.querySelectorAll("input")) relabel(input, place);
    for (const button of row.querySelectorAll("button")) {
      relabel(button, place);
      button.value = button.value.replace(/-\d+$/, `-${place}`);
      if (button.value.includes("-up-")) button.disabled = place === 0;
      if (button.value.includes("-down-")) button.disabled = place >= rows.length - 2;
    }
  });
}

function relabel(element: Element, place: number): void {
  const said = element.getAttribute("aria-label");
  if (said) element.setAttribute("aria-label", said.replace(/\d+/, String(place + 1)));
}

function isEmpty(row: Element): boolean {
  return [...row.querySelectorAll("input")].every((input) => !input.value.trim());
}

/** Add an empty row at the end of a list unless there is one; return it. */
function blank(list: HTMLElement): HTMLElement | null {
  const last = list.lastElementChild as HTMLElement | null;
  if (!last || isEmpty(last)) return last;
  const row = last.cloneNode(true) as HTMLElement;
  for (const input of row.querySelectorAll("input")) {
    input.value = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const problem of row.querySelectorAll(".problem")) problem.remove();
  list.append(row);
  number(list);
  return row;
}

/** Do what a button of a row says. Returns false where it is no such button. */
function act(form: HTMLFormElement, button: HTMLButtonElement): boolean {
  const [what, verb] = button.value.split("-");
  const list = form.querySelector<HTMLElement>(`[data-rows="${what ?? ""}"]`);
  if (!list || !verb) return false;
  if (verb === "add") {
    blank(list)?.querySelector("input")?.focus();
    return true;
  }
  const row = button.closest<HTMLElement>(".edit-row");
  if (!row) return false;
  const next = row.nextElementSibling;
  if (verb === "up") row.previousElementSibling?.before(row);
  else if (verb === "down" && next && next !== list.lastElementChild) next.after(row);
  else if (verb === "drop") {
    const near = (next ?? row.previousElementSibling) as HTMLElement | null;
    row.remove();
    near?.querySelector("input")?.focus();
  }
  blank(list);
  number(list);
  if (verb !== "drop") (button.disabled ? row.querySelector("input") : button)?.focus();
  form.dispatchEvent(new Event("rows"));
  return true;
}

function rows(form: HTMLFormElement): void {
  for (const list of form.querySelectorAll<HTMLElement>("[data-rows]")) {
    list.addEventListener("input", () => { blank(list); });
  }
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name='act']");
    if (button && act(form, button)) event.preventDefault();
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-island='form']")) {
  guard(form);
  rows(form);
}
document.querySelector<HTMLElement>("#faults")?.focus();
