// <row-keys class="list">…<li class="row">…</li></row-keys>
// J K move along the rows, Enter or O opens, X chooses. R N A S Z T W open the ticket and press that key there; where the bar of the
// chosen ones has a control with the key (E closes), it is pressed for the chosen rows or, when none is, for this one. desk-keys says which
// key was pressed. The list is kept, so that a ticket knows its neighbours and coming back finds the row one left.

const LIST = "desk-list", LAST = "desk-last", THEN = "desk-then", BY_KEY = "desk-by-key";
const OPENING = ["KeyR", "KeyN", "KeyA", "KeyS", "KeyZ", "KeyT", "KeyW"];

class RowKeys extends HTMLElement {
  connectedCallback() {
    this.dataset.keyPlace = "list";
    this.onKey = (event) => { if (this.press(event.detail)) event.preventDefault(); };
    document.addEventListener("desk-key", this.onKey);
    this.onLink = (event) => { if (event.target.closest(".row a")) keep(BY_KEY, event.detail === 0); };
    this.addEventListener("click", this.onLink);
    this.keepList();
    if (this.bulk) this.dataset.keys = ["KeyJ", "KeyK", "KeyO", "Enter", "KeyX", ...OPENING, ...this.bulkKeys].join(",");
    else this.dataset.keys = ["KeyJ", "KeyK", "KeyO", "Enter", ...OPENING].join(",");
    this.comeBack();
  }

  disconnectedCallback() {
    document.removeEventListener("desk-key", this.onKey);
    this.removeEventListener("click", this.onLink);
  }

  get rows() { return [...this.querySelectorAll(".row")]; }
  get bulk() { return this.querySelector(".bulk"); }
  get bulkKeys() { return [...(this.bulk?.querySelectorAll("[data-key]") ?? [])].flatMap((control) => control.dataset.key.split(",")); }

  press({ name, isRepeated }) {
    const rows = this.rows;
    const focused = rows.findIndex((row) => row.contains(document.activeElement));
    const at = focused >= 0 ? focused : rows.findIndex((row) => row.classList.contains("row-at"));
    if (name === "KeyJ") return this.move(rows, Math.min(at + 1, rows.length - 1));
    if (name === "KeyK") return this.move(rows, Math.max(at - 1, 0));
    if (isRepeated) return rows[at] && this.dataset.keys.split(",").includes(name);
    if (this.bulkKeys.includes(name)) return this.pressForChosen(name, rows[at]);
    if (!rows[at]) return false;
    if (name === "KeyX") {
      rows[at].querySelector(".row-tick")?.click();
      return true;
    }
    if (name === "KeyO" || name === "Enter") return this.open(rows[at]);
    if (OPENING.includes(name)) return this.open(rows[at], name);
    return false;
  }

  move(rows, to) {
    rows.forEach((row, place) => row.classList.toggle("row-at", place === to));
    rows[to]?.querySelector(".row-subject a")?.focus({ preventScroll: true });
    rows[to]?.scrollIntoView({ block: "nearest" });
    return true;
  }

  open(row, then) {
    const link = row.querySelector(".row-subject a");
    if (!link) return false;
    if (then) keep(THEN, { name: then, path: link.pathname, at: Date.now() });
    keep(BY_KEY, true);
    link.click();
    return true;
  }

  pressForChosen(name, row) {
    if (!this.querySelector(".row-tick:checked")) row?.querySelector(".row-tick")?.click();
    if (!this.querySelector(".row-tick:checked")) return false;
    const control = [...this.bulk.querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(",").includes(name));
    control.focus({ preventScroll: true });
    control.click();
    return true;
  }

  keepList() {
    const paths = this.rows.map((row) => row.querySelector(".row-subject a")?.pathname).filter(Boolean);
    keep(LIST, { paths, list: location.pathname + location.search });
  }

  // The row of the ticket one comes from is the current one. Who works by keyboard has the focus there.
  comeBack() {
    const last = read(LAST);
    const row = last && this.rows.find((each) => each.querySelector(".row-subject a")?.pathname === last);
    if (!row) return;
    row.classList.add("row-at");
    row.scrollIntoView({ block: "nearest" });
    if (read(BY_KEY) && document.activeElement === document.body) row.querySelector(".row-subject a").focus({ preventScroll: true });
  }
}

function keep(place, thing) {
  try {
    sessionStorage.setItem(place, JSON.stringify(thing));
  } catch {
    // A browser that keeps nothing has no neighbours.
  }
}

function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place));
  } catch {
    return null;
  }
}

customElements.define("row-keys", RowKeys);
