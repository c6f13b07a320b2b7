// <drag-rows data-words="Drag to another place"><ol><li data-row>…<form><button name="move" value="up">…</ol></drag-rows>
// Rows are dragged to another place with a mouse or a pen; what the form beside them sends is how many places, such as -3.
// The buttons “up” and “down” in the same form are the way for keyboards, fingers and readers.

class DragRows extends HTMLElement {
  connectedCallback() {
    if (!matchMedia("(pointer: fine)").matches) return;
    for (const row of this.rows()) {
      const handle = document.createElement("span");
      handle.className = "drag-handle";
      handle.title = this.dataset.words;
      handle.setAttribute("aria-hidden", "true");
      handle.textContent = "⠿";
      handle.addEventListener("mousedown", () => { row.draggable = true; });
      row.addEventListener("dragstart", (event) => { this.dragged = row; this.from = this.rows().indexOf(row); row.classList.add("dragged"); event.dataTransfer.effectAllowed = "move"; });
      row.addEventListener("dragend", () => this.end(row));
      row.prepend(handle);
    }
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("drop", (event) => { event.preventDefault(); this.drop(); });
  }

  rows() { return [...this.querySelectorAll("[data-row]")]; }

  over(event) {
    const row = event.target.closest("[data-row]");
    if (!this.dragged) return;
    event.preventDefault();
    if (!row || row === this.dragged) return;
    const { top, height } = row.getBoundingClientRect();
    row[event.clientY > top + height / 2 ? "after" : "before"](this.dragged);
  }

  drop() {
    const places = this.rows().indexOf(this.dragged) - this.from;
    const form = this.dragged.querySelector("button[name=move]")?.form;
    if (!places || !form) return;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "move", value: String(places) });
    form.append(field);
    this.sent = true;
    form.submit();
  }

  // Let go outside, or Escape: it goes back to where it was.
  end(row) {
    row.draggable = false;
    row.classList.remove("dragged");
    const others = this.rows().filter((one) => one !== row);
    if (!this.sent && this.from !== undefined) others[this.from] ? others[this.from].before(row) : others.at(-1)?.after(row);
    this.dragged = undefined;
  }
}

customElements.define("drag-rows", DragRows);
