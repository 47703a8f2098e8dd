/* Keys: when they are meant for the page, and the list of them. */

/** Return whether a key is meant for what has the focus (a field, a menu, the drawer, a dialog), not for the page. */
export function typing(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector("dialog[open]")) return true;
  return Boolean(target?.closest("input, textarea, select, [contenteditable='true'], #drawer, details.menu[open] .sheet"));
}

/** Show the list of keys; the focus comes back to where it was when it is closed. */
export function helpDialog(listing: HTMLElement): void {
  let dialog = listing.querySelector<HTMLDialogElement>("dialog");
  if (!dialog) {
    const kept = listing.querySelector<HTMLTemplateElement>("template[data-keys-help]");
    if (!kept) return;
    listing.append(kept.content.cloneNode(true));
    dialog = listing.querySelector<HTMLDialogElement>("dialog");
  }
  if (dialog && !dialog.open) dialog.showModal();
}
