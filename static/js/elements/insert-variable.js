// <insert-variable> around buttons with data-variable. A click puts {name} where the cursor last stood in a text of the same form; undo takes it back.

class InsertVariable extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    form?.addEventListener("focusin", (event) => {
      if (event.target.matches("textarea, input[type=text][lang]")) this.field = event.target;
    });
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-variable]");
      if (button) this.insert(form, `{${button.dataset.variable}}`);
    });
  }

  insert(form, words) {
    const field = this.field ?? form?.querySelector("details[open] textarea");
    if (!field) return;
    field.focus();
    // execCommand is old, but the only way that undo knows.
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("insert-variable", InsertVariable);
