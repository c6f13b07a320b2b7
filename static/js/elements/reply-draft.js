// <reply-draft key="ticket-42-alice" data-words-kept="Draft kept"><form>…<span data-draft-note></span></form></reply-draft>
// Keeps what is typed in this browser until it has arrived. The page that follows a success says `fresh`, and the draft is forgotten;
// one that came back with mistakes, or a connection that broke, leaves it. Passwords and hidden fields are never kept.

const DAYS_KEPT = 30;

class ReplyDraft extends HTMLElement {
  connectedCallback() {
    this.place = `draft:${this.getAttribute("key")}`;
    this.form = this.querySelector("form");
    if (this.hasAttribute("fresh")) this.forget();
    if (!this.form) return;
    this.restore();
    this.form.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.keep(), 400);
    });
    window.addEventListener("pagehide", () => { if (this.waiting) this.keep(); });
  }

  fields() {
    return [...this.form.elements].filter((field) => field.name && field.matches("textarea, input:is([type=text], [type=search], :not([type]))") && !field.closest(".secret"));
  }

  keep() {
    clearTimeout(this.waiting);
    this.waiting = null;
    const words = Object.fromEntries(this.fields().filter((field) => field.value.trim()).map((field) => [field.name, field.value]));
    try {
      if (Object.keys(words).length) localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), words }));
      else localStorage.removeItem(this.place);
    } catch {
      return; // storage is full or switched off: nothing is promised then
    }
    this.note(Object.keys(words).length ? this.dataset.wordsKept : "");
  }

  restore() {
    let draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(this.place));
    } catch {
      return;
    }
    if (!draft || Date.now() - draft.at > DAYS_KEPT * 86_400_000) return this.forget();
    let restored = false;
    for (const field of this.fields()) {
      // What the server sent back wins over what is kept here.
      if (!field.value && draft.words[field.name]) { field.value = draft.words[field.name]; restored = true; }
    }
    if (restored) this.note(this.dataset.wordsKept);
  }

  forget() {
    try { localStorage.removeItem(this.place); } catch { /* storage is switched off */ }
  }

  note(words) {
    const note = this.querySelector("[data-draft-note]");
    if (note) note.textContent = words || "";
  }
}

customElements.define("reply-draft", ReplyDraft);
