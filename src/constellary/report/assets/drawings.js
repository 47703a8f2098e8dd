/* Tooltips for the marks of every drawing, and the current section in the table of contents. */
(() => {
  const tip = document.getElementById("tip");
  for (const title of document.querySelectorAll(".drawing title")) {
    title.parentElement.setAttribute("aria-label", title.textContent);
    title.remove();
  }
  function textOf(target) {
    const mark = target.closest && target.closest(".drawing [aria-label]");
    if (!mark || mark.tagName === "svg" || mark.classList.contains("role-axis")) return "";
    return mark.getAttribute("aria-label");
  }
  function show(text, x, y) {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 8)) + "px";
    tip.style.top = (y + box.height + 26 > innerHeight ? y - box.height - 10 : y + 16) + "px";
  }
  document.addEventListener("pointermove", (event) => {
    const text = textOf(event.target);
    if (text) show(text, event.clientX, event.clientY); else tip.hidden = true;
  });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest && event.target.closest(".drawing a");
    if (!mark) return;
    const text = mark.getAttribute("aria-label") || (mark.querySelector("[aria-label]") || mark).getAttribute("aria-label");
    const box = mark.getBoundingClientRect();
    if (text && mark.matches(":focus-visible")) show(text, box.right, box.top);
  });
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

  const links = new Map([...document.querySelectorAll(".contents li a")].map((a) => [a.getAttribute("href").slice(1), a]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute("aria-current"));
      const link = links.get(entry.target.id);
      if (link) link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  document.querySelectorAll("main > section[id]").forEach((section) => watch.observe(section));
})();
