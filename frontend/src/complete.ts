/* Names of firms complete themselves: an input with `data-complete="firms"` and a list of its own page. */

const WAIT = 120;
let asked: AbortController | null = null;
let timer = 0;

async function fill(input: HTMLInputElement, list: HTMLDataListElement): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const address = `/api/v1/complete/${input.dataset.complete ?? ""}?q=${encodeURIComponent(input.value.slice(0, 200))}`;
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const names = (await answer.json()) as string[];
    list.replaceChildren(...names.map((name) => new Option(name, name)));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
}

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.dataset.complete === undefined || !input.list) return;
  const list = input.list as HTMLDataListElement;
  // A name that was picked from the list needs no other.
  if ([...list.options].some((option) => option.value === input.value)) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => { void fill(input, list); }, WAIT);
});
