// <mention-names for="id_text" data-words-list="…"><details>… tick boxes, one for each colleague, … <span data-mentioned></span></details></mention-names>
// While a note is written, an @ offers the colleagues among the tick boxes; choosing one writes the name and ticks the box. The boxes
// are what is sent, so the page works without this, and nobody is offered whom the server did not list.

const BEFORE = /(?:^|[\s([«„“"،])@([\p{L}\p{M}\p{N}.\-'\u200c]*(?: [\p{L}\p{M}\p{N}.\-'\u200c]+)?)$/u;
const MOST = 8;

class MentionNames extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    this.boxes = [...this.querySelectorAll("input[type=checkbox]")];
    if (!this.field || !this.boxes.length || this.list) return;
    this.written = new Set();
    this.list = document.createElement("ul");
    this.list.className = "mention-list";
    this.list.id = `${this.field.id}_mentions`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.wordsList);
    this.field.form.append(this.list);
    this.field.setAttribute("aria-autocomplete", "list");
    this.field.setAttribute("aria-controls", this.list.id);
    this.field.addEventListener("input", () => { this.followText(); this.offer(); });
    this.field.addEventListener("click", () => this.offer());
    this.field.addEventListener("keydown", (event) => this.steer(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => { const row = event.target.closest("li"); if (row) this.choose(row); });
    this.addEventListener("change", () => this.say());
    this.followText();
  }

  disconnectedCallback() {
    this.list?.remove();
    this.list = null;
  }

  get isNote() {
    return this.field.form.querySelector('[name="mode"][value="note"]')?.checked;
  }

  nameOf(box) {
    return box.closest("label").textContent.trim();
  }

  // What was typed after the @ in front of the cursor; null when there is none.
  get typed() {
    if (this.field.richText || !this.isNote || this.field.selectionStart !== this.field.selectionEnd) return null;
    const found = BEFORE.exec(this.field.value.slice(0, this.field.selectionStart));
    return found ? found[1] : null;
  }

  // For the rich editor, which has a list of its own.
  namesFor(typed) {
    return this.boxes.map((box) => this.nameOf(box)).filter((name) => ` ${plain(name)}`.includes(` ${plain(typed)}`)).slice(0, MOST);
  }

  offer() {
    const typed = this.typed;
    const boxes = typed === null ? [] : this.boxes.filter((box) => ` ${plain(this.nameOf(box))}`.includes(` ${plain(typed)}`)).slice(0, MOST);
    if (!boxes.length) return this.close();
    this.list.replaceChildren(...boxes.map((box, place) => {
      const row = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = this.nameOf(box);
      row.append(name);
      row.id = `${this.list.id}_${place}`;
      row.box = box;
      row.setAttribute("role", "option");
      return row;
    }));
    this.list.hidden = false;
    this.point(0);
  }

  point(place) {
    const rows = [...this.list.children];
    this.at = (place + rows.length) % rows.length;
    rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === this.at)));
    rows[this.at].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", rows[this.at].id);
  }

  close() {
    if (!this.list) return;
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  steer(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = {
      ArrowDown: () => this.point(this.at + 1),
      ArrowUp: () => this.point(this.at - 1),
      Enter: () => this.choose(this.list.children[this.at]),
      Tab: () => this.choose(this.list.children[this.at]),
      Escape: () => this.close(),
    }[event.key];
    if (!deed || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  }

  choose(row) {
    const typed = this.typed;
    if (typed === null) return this.close();
    const end = this.field.selectionStart, start = end - typed.length - 1, words = `@${this.nameOf(row.box)} `;
    this.field.focus();
    this.field.setSelectionRange(start, end);
    // execCommand is old, but the only way that undo knows.
    if (!document.execCommand("insertText", false, words)) this.field.setRangeText(words, start, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  // A whole @name that comes into the text, typed, pasted or from a kept draft, ticks its box once; one that is taken out again
  // unticks it. In between the boxes are the writer's.
  followText() {
    for (const box of this.boxes) {
      const stands = this.isNote && this.field.value.includes(`@${this.nameOf(box)}`);
      if (stands === this.written.has(box)) continue;
      box.checked = stands;
      if (stands) this.written.add(box);
      else this.written.delete(box);
    }
    this.say();
  }

  say() {
    const names = this.boxes.filter((box) => box.checked).map((box) => this.nameOf(box));
    const place = this.querySelector("[data-mentioned]");
    if (place) place.textContent = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
  }
}

// Case, compatibility forms and the Arabic twins of Persian letters make no difference.
function plain(text) {
  return text.normalize("NFKC").toLocaleLowerCase().replaceAll("ي", "ی").replaceAll("ك", "ک").replaceAll("\u200c", "");
}

customElements.define("mention-names", MentionNames);
