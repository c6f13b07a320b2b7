// <quote-words for="id_text"><button type="button" hidden>Quote</button></quote-words>
// Words marked in the talk can be quoted into the composer: a button appears beside them, and Q does the same.

class QuoteWords extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.onMark = () => { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.look(), 120); };
    this.onKey = (event) => this.key(event);
    document.addEventListener("selectionchange", this.onMark);
    document.addEventListener("keydown", this.onKey);
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
    this.button.addEventListener("click", () => this.quote());
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.onMark);
    document.removeEventListener("keydown", this.onKey);
  }

  get field() { return document.getElementById(this.getAttribute("for")); }

  // The marked words, where they stand in one message.
  get marked() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0), node = range.commonAncestorContainer;
    const said = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".story .say-body");
    const words = selection.toString().trim();
    return said && words ? { words, range } : null;
  }

  look() {
    const marked = this.marked;
    this.button.hidden = !marked || !this.field;
    if (this.button.hidden) return;
    const box = marked.range.getBoundingClientRect();
    this.button.style.insetBlockStart = `${Math.max(8, box.top - this.button.offsetHeight - 6)}px`;
    this.button.style.left = `${Math.min(innerWidth - this.button.offsetWidth - 8, Math.max(8, box.left))}px`;
  }

  key(event) {
    if (event.code !== "KeyQ" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]") || !this.marked) return;
    event.preventDefault();
    this.quote();
  }

  async quote() {
    const marked = this.marked, field = this.field;
    if (!marked || !field) return;
    document.getSelection().removeAllRanges();
    this.button.hidden = true;
    await document.querySelector("rich-text")?.begin?.();
    if (field.richText) return field.richText.quote(marked.words);
    const words = `${marked.words.split("\n").map((line) => `> ${line}`).join("\n")}\n\n`;
    field.value = field.value ? `${field.value.trimEnd()}\n\n${words}` : words;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("quote-words", QuoteWords);
