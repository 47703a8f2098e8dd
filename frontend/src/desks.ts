/* What the desks of coding and of screening share: pages got ready before they are wanted, keys that can be switched
   off, and the words on what is kept. */

/** Parts of pages that are got ready before they are wanted. */
export class Ahead {
  private readonly ready = new Map<string, Promise<string | null>>();

  prepare(address: string | undefined): void {
    if (!address || this.ready.has(address)) return;
    this.ready.set(address, fetch(address, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null));
  }

  /** Return the form of an address; null where it cannot be had. */
  async form(address: string, selector: string): Promise<HTMLFormElement | null> {
    this.prepare(address);
    const text = await this.ready.get(address);
    this.ready.clear(); // what is shown may be changed, and what was got ready before it is then old
    return text ? new DOMParser().parseFromString(text, "text/html").querySelector<HTMLFormElement>(selector) : null;
  }
}

export function showHelp(): void {
  document.querySelector<HTMLDialogElement>("[data-help]")?.showModal();
}

/** Show the button that explains the keys. */
export function offerHelp(): void {
  const help = document.querySelector<HTMLButtonElement>("[data-keys-help]");
  if (!help) return;
  help.hidden = false;
  help.addEventListener("click", showHelp);
}

export function usesKeys(): boolean {
  return document.querySelector<HTMLInputElement>("[data-use-keys]")?.checked ?? true;
}

/** Keep under a name in this browser whether keys are used. */
export function rememberKeys(name: string): void {
  const box = document.querySelector<HTMLInputElement>("[data-use-keys]");
  if (!box) return;
  try {
    box.checked = localStorage.getItem(name) !== "off";
    box.addEventListener("change", () => { localStorage.setItem(name, box.checked ? "on" : "off"); });
  } catch {
    // a browser that keeps nothing: keys are on
  }
}

/** Say what is kept. */
export function told(text: string): void {
  const place = document.querySelector("[data-saved]");
  if (place) place.textContent = text;
}

/** Say when something was kept. */
export function toldSaved(moment: string): void {
  const at = new Date(moment);
  told(`saved ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`);
}

/** Say what went wrong; null: nothing any more. */
export function trouble(text: string | null): void {
  const box = document.querySelector<HTMLElement>("[data-trouble]");
  const place = document.querySelector("[data-trouble-said]");
  if (!box || !place) return;
  box.hidden = text === null;
  place.textContent = text ?? "";
}
