// <drag-order><ol><li data-place-url="…"><span class="drag-handle" hidden>…</span>…<form>…</form></li></ol></drag-order>
// Rows are dragged by their handle; the row's own form says by how many places it went. Keyboards and pages without script have its buttons.

class DragOrder extends HTMLElement {
  connectedCallback() {
    for (const handle of this.querySelectorAll(".drag-handle")) {
      const row = handle.closest("li");
      handle.hidden = false;
      handle.addEventListener("pointerdown", (event) => this.begin(event, row, handle));
    }
  }

  begin(event, row, handle) {
    if (event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const from = [...row.parentElement.children].indexOf(row);
    row.classList.add("is-dragged");
    const move = (at) => {
      const over = [...row.parentElement.children].find((other) => other !== row && this.isOver(other, at.clientY));
      if (!over) return;
      const rows = [...row.parentElement.children];
      if (rows.indexOf(over) > rows.indexOf(row)) over.after(row);
      else over.before(row);
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      const places = [...row.parentElement.children].indexOf(row) - from;
      if (places) this.send(row, places);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
    handle.addEventListener("pointercancel", end, { once: true });
  }

  isOver(row, y) {
    const box = row.getBoundingClientRect();
    return y > box.top + box.height * 0.25 && y < box.bottom - box.height * 0.25;
  }

  send(row, places) {
    const form = row.querySelector("form");
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "places", value: places });
    form.append(input);
    form.submit();
  }
}

customElements.define("drag-order", DragOrder);
