// <insert-answer for="id_body"><a href="?answer=3" data-text="…">Greeting</a> …</insert-answer>, buttons, or a <select> of options with data-text.
// Puts a prepared answer where the cursor stands in the field; undo takes it back.

class InsertAnswer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-text]");
      if (!choice || choice.tagName === "OPTION") return;
      event.preventDefault();
      this.insert(choice.dataset.text);
    });
    this.addEventListener("change", (event) => {
      const option = event.target.selectedOptions?.[0];
      if (option?.dataset.text) this.insert(option.dataset.text);
      if (option) event.target.selectedIndex = 0;
    });
  }

  insert(text) {
    const field = document.getElementById(this.getAttribute("for"));
    if (!field) return;
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    const words = before && !before.endsWith("\n") ? `\n${text}` : text;
    // execCommand is old, but the only way that undo knows.
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.closest("details")?.removeAttribute("open");
  }
}

customElements.define("insert-answer", InsertAnswer);
