// <black-out for="id_of_a_textarea"><div data-words>…</div><button type="button" data-take hidden>…</button></black-out>
// What is selected in the words is put into the field, on a line of its own. Without script it is typed or pasted there.

class BlackOut extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-words]");
    this.button = this.querySelector("[data-take]");
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.words || !this.button || !this.field) return;
    this.button.hidden = false;
    this.button.disabled = true;
    this.look = () => { this.button.disabled = !this.selected(); };
    document.addEventListener("selectionchange", this.look);
    // Pressing must not take the selection away before it was read.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.button.addEventListener("click", () => this.take());
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.look);
  }

  selected() {
    const selection = document.getSelection();
    const inside = selection.rangeCount && this.words.contains(selection.getRangeAt(0).commonAncestorContainer);
    return inside ? selection.toString().replace(/\s+/g, " ").trim() : "";
  }

  take() {
    const words = this.selected();
    if (!words) return;
    const lines = this.field.value.split("\n").filter((line) => line.trim());
    if (!lines.includes(words)) lines.push(words);
    this.field.value = lines.join("\n");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.focus();
  }
}

customElements.define("black-out", BlackOut);
