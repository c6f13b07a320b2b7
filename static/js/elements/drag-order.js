/* <drag-order>: rows of its <ol> may be dragged by their handle. A row that was dropped elsewhere sends its own form, the one of
   the buttons up and down, with the number of places in the hidden field it gets for that. Keyboard and touch use the buttons. */

class DragOrder extends HTMLElement {
  connectedCallback() {
    this.rows().forEach((row) => {
      const handle = row.querySelector("[data-handle]");
      if (!handle) return;
      handle.hidden = false;
      handle.addEventListener("pointerdown", () => { row.draggable = true; });
      row.addEventListener("dragstart", (event) => this.take(event, row));
      row.addEventListener("dragend", () => { row.draggable = false; row.classList.remove("is-dragged"); });
    });
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("drop", (event) => this.drop(event));
  }

  rows() {
    return [...this.querySelectorAll("ol > li")];
  }

  take(event, row) {
    this.dragged = row;
    this.from = this.rows().indexOf(row);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    row.classList.add("is-dragged");
  }

  over(event) {
    const row = event.target.closest("li");
    if (!this.dragged || !row || row === this.dragged || row.parentElement !== this.dragged.parentElement) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    const below = event.clientY > box.top + box.height / 2;
    row.parentElement.insertBefore(this.dragged, below ? row.nextSibling : row);
  }

  drop(event) {
    if (!this.dragged) return;
    event.preventDefault();
    const places = this.rows().indexOf(this.dragged) - this.from;
    const form = this.dragged.querySelector("form");
    this.dragged = null;
    if (!places || !form) return;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "places", value: String(places) });
    form.append(field);
    form.submit();
  }
}

if (!customElements.get("drag-order")) customElements.define("drag-order", DragOrder);
