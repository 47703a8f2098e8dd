/* The constellation: a firm's neighbourhood on hover, a search, zoom and pan, arrow keys between firms. */
document.querySelectorAll("svg.scene").forEach((svg) => {
  const nodes = new Map([...svg.querySelectorAll(".node")].map((node) => [Number(node.dataset.node), node]));
  const labels = new Map([...svg.querySelectorAll(".label")].map((label) => [label.dataset.name, label]));
  const near = new Map([...nodes.keys()].map((index) => [index, []]));
  for (const edge of svg.querySelectorAll(".edge")) {
    const [source, target] = edge.dataset.edge.split(" ").map(Number);
    near.get(source).push([target, edge]);
    near.get(target).push([source, edge]);
  }
  const whole = svg.viewBox.baseVal, [width, height] = [whole.width, whole.height];
  let view = { x: 0, y: 0, scale: 1 }, held = false, drag = null, moved = false, pinned = null;

  function light(index) {
    svg.querySelectorAll(".on").forEach((element) => element.classList.remove("on"));
    svg.classList.toggle("lit", index !== null);
    if (index === null) return;
    for (const [other, edge] of [[index, null], ...near.get(index)]) {
      nodes.get(other).classList.add("on");
      if (edge) edge.classList.add("on");
      const label = labels.get(nodes.get(other).dataset.name);
      if (label) label.classList.add("on");
    }
  }
  function middle(index) {
    const box = nodes.get(index).getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
  function look() {
    const [w, h] = [width / view.scale, height / view.scale];
    view.x = Math.max(0, Math.min(width - w, view.x));
    view.y = Math.max(0, Math.min(height - h, view.y));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    svg.classList.toggle("near", view.scale > 1);
  }
  function zoom(factor, x = view.x + width / view.scale / 2, y = view.y + height / view.scale / 2) {
    const scale = Math.max(1, Math.min(12, view.scale * factor));
    view = { x: x - (x - view.x) * view.scale / scale, y: y - (y - view.y) * view.scale / scale, scale };
    look();
  }
  function place(event) {
    const box = svg.getBoundingClientRect();
    return [view.x + (event.clientX - box.left) / box.width * width / view.scale,
      view.y + (event.clientY - box.top) / box.height * height / view.scale];
  }

  const controls = document.createElement("div");
  controls.className = "controls";
  const input = document.createElement("input");
  const names = document.createElement("datalist");
  names.id = "firms-of-" + svg.closest("figure").id;
  for (const name of [...nodes.values()].map((node) => node.dataset.name).sort((a, b) => a.localeCompare(b))) {
    const option = document.createElement("option");
    option.value = name;
    names.append(option);
  }
  input.type = "search";
  input.placeholder = "Find a firm";
  input.setAttribute("aria-label", "Find a firm in the constellation");
  input.setAttribute("list", names.id);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    const found = [...nodes].find(([, node]) => node.dataset.name.toLowerCase() === wanted);
    pinned = found ? found[0] : null;
    light(pinned);
  });
  const button = (text, name, act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = text;
    element.setAttribute("aria-label", name);
    element.addEventListener("click", act);
    return element;
  };
  controls.append(input, names, button("+", "Larger", () => zoom(1.5)), button("−", "Smaller", () => zoom(1 / 1.5)),
    button("Whole", "Show the whole constellation", () => { pinned = null; input.value = ""; light(null); zoom(0); }));
  svg.parentElement.before(controls);

  svg.addEventListener("pointerover", (event) => {
    const node = event.target.closest(".node");
    if (!held) light(node ? Number(node.dataset.node) : pinned);
  });
  svg.addEventListener("pointerleave", () => { if (!held) light(pinned); });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), ...place(event));
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    if (view.scale > 1) { held = true; moved = false; drag = place(event); }
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = place(event);
    if (Math.hypot(x - drag[0], y - drag[1]) * view.scale > 3) moved = true;
    view.x -= x - drag[0];
    view.y -= y - drag[1];
    svg.classList.toggle("moving", moved);
    look();
  });
  addEventListener("pointerup", () => { held = false; svg.classList.remove("moving"); });
  svg.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; } }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());

  /* One stop for the Tab key; arrows go to the nearest firm in that direction. */
  const order = [...nodes.keys()];
  const stop = (index) => nodes.forEach((node, other) => node.setAttribute("tabindex", other === index ? "0" : "-1"));
  if (order.length) stop(order[0]);
  svg.addEventListener("focusin", (event) => {
    const node = event.target.closest(".node");
    if (node && node.matches(":focus-visible")) light(Number(node.dataset.node));
  });
  svg.addEventListener("focusout", () => light(pinned));
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    const node = event.target.closest(".node");
    if (!step || !node) return;
    event.preventDefault();
    const here = Number(node.dataset.node), [x, y] = middle(here);
    let best = null, least = Infinity;
    for (const other of order) {
      if (other === here) continue;
      const [a, b] = middle(other), along = (a - x) * step[0] + (b - y) * step[1];
      const aside = Math.abs((a - x) * step[1]) + Math.abs((b - y) * step[0]);
      if (along > 0.5 && along + 2 * aside < least) { least = along + 2 * aside; best = other; }
    }
    if (best !== null) { stop(best); nodes.get(best).focus(); }
  });
});
