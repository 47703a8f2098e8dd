/* The tooltip: what a mark says, beside the pointer. A reader of marks hears the same as their label. */

let box: HTMLElement | null = null;

/** Show what the mark under the pointer says, for all marks of a drawing. */
export function showTips(place: HTMLElement): void {
  place.addEventListener("pointerleave", hide);
  place.addEventListener("click", hide);
  place.addEventListener("pointermove", (event) => {
    const mark = (event.target as Element & { __data__?: { datum?: { description?: string } } }).__data__;
    const said = mark?.datum?.description;
    if (said) show(said, event);
    else hide();
  });
}

function show(said: string, event: PointerEvent): void {
  box ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "tip", ariaHidden: "true" }));
  box.textContent = said;
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(4, Math.min(event.clientX + 12, innerWidth - width - 8))}px`;
  box.style.top = `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18}px`;
}

function hide(): void {
  if (box) box.hidden = true;
}
