// <drag-order>: rows with data-key and data-place are dragged by their handle to another place of their own
// list. Buttons “up” and “down” beside each row do the same for the keyboard, and without script they are all there is.

class DragOrder extends HTMLElement {
  connectedCallback() {
    for (const handle of this.querySelectorAll(".drag-handle")) {
      handle.hidden = false;
      handle.addEventListener("pointerdown", (event) => this.begin(event, handle.closest("[data-key]")));
    }
  }

  begin(event, row) {
    if (event.button !== 0) return;
    event.preventDefault();
    const list = row.parentElement;
    let before;
    row.classList.add("is-dragged");
    const clear = () => list.querySelectorAll(".is-dropped-before").forEach((each) => each.classList.remove("is-dropped-before"));
    const move = (moved) => {
      clear();
      const others = [...list.children].filter((each) => each !== row);
      const next = others.find((each) => moved.clientY < each.getBoundingClientRect().top + each.offsetHeight / 2);
      before = next ? next.dataset.key : "";
      next?.classList.add("is-dropped-before");
    };
    const end = (dropped) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      row.classList.remove("is-dragged");
      clear();
      if (dropped.type === "pointerup" && before !== undefined && before !== row.dataset.key && row.nextElementSibling?.dataset.key !== before) this.send(row, before);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }

  /** The form of the row's own buttons is sent, with the place it was dropped at. */
  send(row, before) {
    const form = [...row.querySelectorAll("form")].find((each) => each.getAttribute("action") === row.dataset.place);
    if (!form) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "before";
    field.value = before;
    form.append(field);
    form.submit();
  }
}

customElements.define("drag-order", DragOrder);
