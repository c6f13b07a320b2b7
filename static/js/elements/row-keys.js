// <row-keys class="list">…<li class="row">…</li></row-keys>
// J K move along the rows, Enter or O opens, X selects, / goes to the search. Letters act outside fields only and by the
// physical key, so a Persian or Russian layout works.

class RowKeys extends HTMLElement {
  connectedCallback() {
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    if (event.code === "Slash" && !event.shiftKey) {
      event.preventDefault();
      document.querySelector("[role=search] input")?.focus();
      return;
    }
    const rows = [...this.querySelectorAll(".row")];
    const at = rows.findIndex((row) => row.classList.contains("row-at"));
    if (event.code === "KeyJ") this.move(rows, Math.min(at + 1, rows.length - 1));
    else if (event.code === "KeyK") this.move(rows, Math.max(at - 1, 0));
    else if (event.code === "KeyX" && rows[at]) rows[at].querySelector(".row-tick")?.click();
    else if (event.code === "KeyO" && rows[at]) rows[at].querySelector(".row-subject a")?.click();
    else return;
    event.preventDefault();
  }

  move(rows, to) {
    rows.forEach((row, place) => row.classList.toggle("row-at", place === to));
    rows[to]?.querySelector(".row-subject a")?.focus();
    rows[to]?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("row-keys", RowKeys);
