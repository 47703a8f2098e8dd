/* What the drawer is made of where no server makes it. */

/** The drawer's head: a title that takes the focus, and the button that closes. */
export function head(title: string, said = ""): HTMLElement {
  const made = document.createElement("header");
  const stretch = Object.assign(document.createElement("div"), { className: "stretch" });
  const heading = Object.assign(document.createElement("h2"), { textContent: title, tabIndex: -1 });
  heading.dataset.title = "";
  stretch.append(heading);
  if (said) stretch.append(Object.assign(document.createElement("p"), { className: "soft small", textContent: said }));
  const close = Object.assign(document.createElement("button"), { type: "button", className: "icon quiet", textContent: "×" });
  close.dataset.close = "";
  close.setAttribute("aria-label", "Close the evidence");
  made.append(stretch, close);
  return made;
}

/** The part of the drawer that scrolls. */
export function body(...content: Node[]): HTMLElement {
  const made = Object.assign(document.createElement("div"), { className: "body", tabIndex: 0 });
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", "Alliances");
  made.append(...content);
  return made;
}
