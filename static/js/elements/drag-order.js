// <drag-order><ol><li data-key="…"><span data-handle hidden>…</span>…<form><button name="move" value="up">…</ol></drag-order>
// Rows are dragged by their handle. The form of the row's buttons “up” and “down” says where it went: by how many places, and
// before which row. Keyboards, and pages without script, have the buttons.

class DragOrder extends HTMLElement {
  connectedCallback() {
    for (const handle of this.querySelectorAll("[data-handle]")) {
      const row = handle.closest("li");
      handle.hidden = false;
      handle.addEventListener("pointerdown", (event) => { if (!event.button) this.begin(event, row, handle); });
    }
  }

  begin(event, row, handle) {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const list = row.parentElement;
    const rows = [...list.children];
    const from = rows.indexOf(row);
    row.classList.add("is-dragged");
    const move = (at) => {
      const over = [...list.children].find((other) => other !== row && isOver(other, at.clientY));
      if (!over) return;
      over[[...list.children].indexOf(over) > [...list.children].indexOf(row) ? "after" : "before"](row);
      // A row that was put elsewhere has let go of the pointer.
      handle.setPointerCapture(event.pointerId);
    };
    const end = (ended) => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      const places = [...list.children].indexOf(row) - from;
      if (ended.type === "pointercancel") list.insertBefore(row, rows[from + 1] ?? null);
      else if (places) send(row, places);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
    handle.addEventListener("pointercancel", end, { once: true });
  }
}

function isOver(row, y) {
  const { top, bottom, height } = row.getBoundingClientRect();
  return y > top + height / 4 && y < bottom - height / 4;
}

function send(row, places) {
  const form = row.querySelector("button[name=move]")?.form;
  if (!form) return;
  for (const [name, value] of Object.entries({ places, before: row.nextElementSibling?.dataset.key ?? "" })) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.submit();
}

if (!customElements.get("drag-order")) customElements.define("drag-order", DragOrder);
