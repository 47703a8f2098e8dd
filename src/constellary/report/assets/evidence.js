"use strict";
/* The evidence panel and the search: which alliances stand behind what was clicked. */
const evidence = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const panel = document.getElementById("panel");
  const list = document.getElementById("panel-list");
  const filter = document.getElementById("panel-filter");
  const PAGE = 40;
  const ofFirm = data.firms.map(() => []);
  data.alliances.forEach((row, place) => row[3].forEach((firm) => ofFirm[firm].push(place)));
  const words = data.alliances.map(([id, name, date, firms, codes, summary]) =>
    fold([name, date, summary, ...firms.map((f) => data.firms[f]), ...codes.map((c) => data.codes[c][1])].join(" ")));
  let shown = [], limit = PAGE, opener = null, firmsFound = [];

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function make(tag, text, attributes = {}) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  function firmLink(place) {
    return make("a", data.firms[place], { class: "evidence", href: "#firm=" + encodeURIComponent(data.firms[place]) });
  }

  function allianceCard(place) {
    const [id, name, date, firms, codes, summary, sources] = data.alliances[place];
    const card = make("article", "", { class: "alliance", "data-id": id });
    card.append(make("h3", name));
    const partners = make("p", "");
    firms.forEach((firm, index) => partners.append(...(index ? [" · "] : []), firmLink(firm)));
    card.append(make("p", date, { class: "date" }), partners);
    if (summary) card.append(make("p", summary));
    const chips = make("p", "", { class: "codes" });
    codes.forEach((code) => {
      const chip = make("span", "");
      chip.append(make("i", data.codes[code][0] + ": "), data.codes[code][1]);
      chips.append(chip);
    });
    if (codes.length) card.append(chips);
    const pages = make("ul", "", { "aria-label": "Sources" });
    for (const [url, publisher, published] of sources) {
      const item = make("li", "");
      const label = data.publishers[publisher] || url || "source";
      item.append(/^https?:\/\//i.test(url)
        ? make("a", label, { href: url, rel: "noopener noreferrer nofollow", target: "_blank", title: url })
        : label, published ? ", " + published : "");
      pages.append(item);
    }
    card.append(pages);
    return card;
  }

  function fill() {
    const wanted = fold(filter.value).split(/\s+/).filter(Boolean);
    const found = shown.filter((place) => wanted.every((word) => words[place].includes(word)));
    list.replaceChildren();
    if (firmsFound.length && !filter.value) {
      const firms = make("ul", "", { class: "firms", "aria-label": "Firms" });
      firmsFound.forEach((firm) => {
        const item = make("li", "");
        item.append(firmLink(firm), ` (${ofFirm[firm].length})`);
        firms.append(item);
      });
      list.append(firms);
    }
    found.slice(0, limit).forEach((place) => list.append(allianceCard(place)));
    if (found.length > limit) {
      const more = make("button", `Show ${Math.min(PAGE, found.length - limit)} more of ${found.length}`, { type: "button" });
      more.addEventListener("click", () => { limit += PAGE; fill(); });
      list.append(more);
    }
    const sources = found.reduce((sum, place) => sum + data.alliances[place][6].length, 0);
    const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
    document.getElementById("panel-facts").textContent =
      `${count(found.length, "alliance", "alliances")}, ${count(sources, "source page", "source pages")}`;
  }

  function open(title, places, firms = []) {
    shown = [...places].sort((a, b) => data.alliances[b][2].localeCompare(data.alliances[a][2]) || a - b);
    firmsFound = firms; limit = PAGE; filter.value = "";
    document.getElementById("panel-title").textContent = title;
    document.getElementById("panel-title").setAttribute("data-title", title);
    fill();
    if (!panel.open) { opener = document.activeElement; panel.showModal(); }
    panel.scrollTop = 0;
    document.getElementById("panel-title").focus();
  }

  function follow() {
    let hash = location.hash;
    try { hash = decodeURIComponent(hash); } catch { return; }
    const key = hash.startsWith("#evidence-") ? hash.slice(10) : null;
    const firm = hash.startsWith("#firm=") ? data.firms.indexOf(hash.slice(6)) : -1;
    if (key !== null && Object.hasOwn(data.lists, key)) open(...data.lists[key]);
    else if (firm >= 0) open(data.firms[firm], ofFirm[firm]);
    else if (panel.open) panel.close();
  }

  function find(text) {
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    if (!wanted.length) return;
    const every = (where) => wanted.every((word) => where.includes(word));
    const firms = data.firms.map((name, place) => place).filter((place) => every(fold(data.firms[place])));
    open(`“${text}”`, words.map((_, place) => place).filter((place) => every(words[place])), firms);
  }

  panel.addEventListener("close", () => {
    if (/^#(evidence-|firm=)/.test(location.hash)) history.replaceState(null, "", "#");
    if (opener && opener.focus) opener.focus({ preventScroll: true });
  });
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  document.getElementById("panel-close").addEventListener("click", () => panel.close());
  filter.addEventListener("input", () => { limit = PAGE; fill(); });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    find(document.getElementById("query").value.trim());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#evidence-'], a[href^='#firm=']");
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
  });
  addEventListener("hashchange", follow);
  addEventListener("load", follow);
  return { data };
})();
