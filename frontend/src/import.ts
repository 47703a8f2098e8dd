/* Import: files are dropped where they are chosen, told by name and size before they are sent, and columns that
   were given another meaning are marked. Without scripts the form is a plain choice of files. */

import { refusal, sized } from "./import_sizes";

function tell(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = form.querySelector<HTMLElement>(".chosen");
  const problem = form.querySelector<HTMLElement>(".problem");
  const button = form.querySelector<HTMLButtonElement>("button");
  if (!list || !problem || !button) return;
  const files = [...(input.files ?? [])];
  list.replaceChildren(
    ...files.map((file) => {
      const item = document.createElement("li");
      const size = document.createElement("span");
      size.className = "numbers";
      size.textContent = sized(file.size);
      item.append(file.name, size);
      return item;
    }),
  );
  list.hidden = files.length === 0;
  const said = refusal(files.map((file) => file.size), Number(form.dataset.most), Number(form.dataset.files));
  problem.textContent = said;
  problem.hidden = !said;
  button.disabled = said !== "";
  if (files.length && !said) button.focus();
}

function drop(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type='file']");
  if (!input) return;
  form.querySelector<HTMLElement>(".by-drop")?.removeAttribute("hidden");
  input.addEventListener("change", () => { tell(form, input); });
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  // The whole page takes files: one that is dropped beside the frame would otherwise replace the page.
  window.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  window.addEventListener("drop", (event) => {
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    form.classList.remove("over");
    input.files = event.dataTransfer.files;
    tell(form, input);
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector<HTMLButtonElement>("button");
    if (button) button.textContent = "Sending …";
  });
  tell(form, input); // a page that the browser went back to keeps its choice
}

/** Mark the choices that differ from what was understood, and let the button say how many there are. */
function columns(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>(".import-again button:not([formaction])");
  const mark = (): void => {
    let changed = 0;
    for (const select of form.querySelectorAll("select")) {
      const was = [...select.options].find((option) => option.defaultSelected)?.value ?? "";
      const differs = select.value !== was;
      select.classList.toggle("new", differs);
      changed += Number(differs);
    }
    if (!button) return;
    button.classList.toggle("primary", changed > 0);
    button.textContent = changed ? `Read again with ${changed} change${changed === 1 ? "" : "s"}` : "Read again";
  };
  form.addEventListener("change", mark);
  mark();
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-island='drop']")) drop(form);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-island='columns']")) columns(form);
