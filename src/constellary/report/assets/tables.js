/* Tables: sorted by a click on a head, long ones folded until asked for. */
document.querySelectorAll("main .table").forEach((box) => {
  const body = box.querySelector("tbody");
  const heads = [...box.querySelectorAll("thead tr:last-child th")];
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
  };
  const folds = box.querySelectorAll("tr.more").length;
  const fold = () => [...body.rows].forEach((row, place) => row.classList.toggle("folded", folds > 0 && place >= body.rows.length - folds));
  const compare = (one, other, column, sign) => {
    const [a, b] = [valueOf(one, column), valueOf(other, column)];
    if (typeof a === typeof b) return sign * (typeof a === "number" ? a - b : a.localeCompare(b));
    return typeof a === "number" ? -1 : 1;
  };
  if (body.rows.length > 3) heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : head.classList.contains("right");
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((one, other) => compare(one, other, column, down ? -1 : 1));
      rows.forEach((row) => row.classList.add("more"));
      body.append(...rows);
      fold();
    });
  });
  if (folds) {
    fold();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "unfold";
    const say = () => { button.textContent = box.classList.contains("all") ? "Show fewer rows" : `Show all ${body.rows.length} rows`; };
    button.addEventListener("click", () => { box.classList.toggle("all"); say(); });
    say();
    box.querySelector(".scroll").after(button);
  }
});
