// <markdown-editor data-pictures="…" data-preview="…"><div role="toolbar" hidden><button data-do="bold">…</div><textarea>
//   <p data-note></p><div data-shown hidden></div></markdown-editor>
// Buttons write Markdown into the text area, pictures are sent and stand where the cursor is, the server shows how it will look.
// Without this the text area works by itself. What is inserted can be taken back with undo.

class MarkdownEditor extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.tools = this.querySelector("[role=toolbar]");
    if (!this.field || !this.tools) return;
    this.note = this.querySelector("[data-note]");
    this.shown = this.querySelector("[data-shown]");
    this.tools.hidden = false;
    this.field.before(this.tools); // under the label
    this.tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this[button.dataset.do](button);
    });
    this.tools.addEventListener("keydown", (event) => this.walk(event));
    this.field.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.code === "KeyB") { event.preventDefault(); this.bold(); }
    });
    for (const name of ["paste", "drop"]) this.field.addEventListener(name, (event) => {
      const file = [...(event.clipboardData ?? event.dataTransfer).files].find((one) => one.type.startsWith("image/"));
      if (file) { event.preventDefault(); this.send(file); }
    });
  }

  // Left and right lead from button to button, as in every toolbar.
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.tools.querySelectorAll("button")];
    const turned = getComputedStyle(this).direction === "rtl" ? -step : step;
    buttons[(buttons.indexOf(document.activeElement) + turned + buttons.length) % buttons.length].focus();
    event.preventDefault();
  }

  get chosen() { return this.field.value.slice(this.field.selectionStart, this.field.selectionEnd); }

  put(text, from = 0, to = text.length) {
    this.field.focus();
    const start = this.field.selectionStart;
    // execCommand is old, but the only way that undo knows.
    if (!document.execCommand("insertText", false, text)) this.field.setRangeText(text, start, this.field.selectionEnd, "end");
    this.field.setSelectionRange(start + from, start + to);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  bold() {
    const words = this.chosen || this.dataset.wordsBold;
    this.put(`**${words}**`, 2, 2 + words.length);
  }

  link() {
    const words = this.chosen || this.dataset.wordsLink;
    const text = /^https?:\/\/\S+$/.test(words) ? `[${this.dataset.wordsLink}](${words})` : `[${words}](https://)`;
    const end = text.length - 1;
    this.put(text, words.startsWith("http") ? 1 : end, words.startsWith("http") ? 1 + this.dataset.wordsLink.length : end);
  }

  heading() { this.lines(() => "## ", this.dataset.wordsHeading); }
  list() { this.lines(() => "- ", this.dataset.wordsItem); }
  numbers() { this.lines((place) => `${place + 1}. `, this.dataset.wordsItem); }

  // Puts a sign before each chosen line, which then begins a line of its own.
  lines(sign, otherwise) {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const text = gap + (this.chosen || otherwise).split("\n").map((line, place) => sign(place) + line).join("\n");
    this.put(text, gap.length + sign(0).length, text.length);
  }

  picture() {
    const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/jpeg,image/png,image/gif,image/webp" });
    input.addEventListener("change", () => { if (input.files[0]) this.send(input.files[0]); });
    input.click();
  }

  async send(file) {
    this.say(this.dataset.wordsSending);
    const body = new FormData();
    body.append("picture", file);
    const answer = await this.ask(this.dataset.pictures, body);
    const said = await answer?.json().catch(() => null);
    if (said?.markdown) { this.put(said.markdown, 2, said.markdown.indexOf("]")); this.say(""); }
    else this.say(said?.error || this.dataset.wordsFailed);
  }

  async preview(button) {
    const open = this.shown.hidden;
    if (open) {
      const body = new FormData();
      body.append("text", this.field.value);
      const answer = await this.ask(this.dataset.preview, body);
      if (!answer?.ok) { this.say(this.dataset.wordsFailed); return; }
      this.shown.innerHTML = await answer.text();
      this.say("");
    }
    this.shown.hidden = !open;
    this.field.hidden = open;
    button.setAttribute("aria-pressed", String(open));
  }

  async ask(address, body) {
    const token = this.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "markdown-editor" };
    return fetch(address, { method: "POST", body, headers, credentials: "same-origin" }).catch(() => null);
  }

  say(words) { this.note.textContent = words; }
}

customElements.define("markdown-editor", MarkdownEditor);
