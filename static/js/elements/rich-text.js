// <rich-text for="id_text" html="<p>…</p>" data-src="…/squire.mjs"><div class="rich-tools" hidden>…</div></rich-text><textarea id="id_text">
// Makes a field of the textarea that knows bold, lists, quotations, links and pictures. The editor comes when the page is at rest, or
// when somebody begins to write. The textarea keeps the words, the hidden field “html” the form; without script the textarea is all.

import { clean, fromText } from "./rich-clean.js";
import { OfferList } from "./offer-list.js";

const ANSWER = /^\/([^\s/][^/]{0,40}|)$/u;
const MENTION = /(?:^|[\s([«„“"،])@([\p{L}\p{M}\p{N}.\-'\u200c]*(?: [\p{L}\p{M}\p{N}.\-'\u200c]+)?)$/u;
const LINK = /^(?:https?:\/\/[^\s]+|mailto:[^\s]+|tel:[^\s]+)$/i;

class RichText extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    this.tools = this.querySelector(".rich-tools");
    if (!this.field || !this.tools || this.isWanted) return;
    this.isWanted = true;
    this.onWish = () => this.begin();
    for (const name of ["pointerdown", "focus"]) this.field.addEventListener(name, this.onWish, { once: true });
    if ("requestIdleCallback" in window) requestIdleCallback(this.onWish, { timeout: 4000 });
    else setTimeout(this.onWish, 1000);
  }

  // What was typed while the editor was on its way stands behind the form that came with the page.
  wordsSoFar() {
    const html = this.getAttribute("html"), { value, defaultValue } = this.field;
    if (!html) return fromText(value);
    if (value === defaultValue) return html;
    return value.startsWith(defaultValue) ? html + fromText(value.slice(defaultValue.length)) : fromText(value);
  }

  async begin() {
    if (this.begun) return;
    this.begun = true;
    let Squire = null;
    try {
      ({ default: Squire } = await import(this.dataset.src));
    } catch {
      return; // the textarea stays
    }
    const hadFocus = document.activeElement === this.field;
    this.room = document.createElement("div");
    Object.assign(this.room, { className: "rich prose", id: `${this.field.id}_rich`, spellcheck: true });
    for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-label", this.field.getAttribute("aria-label")], ["data-placeholder", this.field.placeholder]]) this.room.setAttribute(name, value);
    for (const name of ["aria-invalid", "aria-describedby"]) if (this.field.hasAttribute(name)) this.room.setAttribute(name, this.field.getAttribute(name));
    this.html = Object.assign(document.createElement("input"), { type: "hidden", name: "html" });
    this.field.after(this.room, this.html);
    this.editor = new Squire(this.room, {
      blockTag: "P",
      blockAttributes: { dir: "auto" },
      tagAttributes: { blockquote: { dir: "auto" }, ul: { dir: "auto" }, ol: { dir: "auto" }, pre: { dir: "auto" } },
      sanitizeToDOMFragment: (html) => clean(html),
      toPlainText: (html) => clean(html).textContent,
    });
    this.field.classList.add("visually-hidden");
    this.field.tabIndex = -1;
    this.field.setAttribute("aria-hidden", "true");
    this.field.removeAttribute("aria-autocomplete");
    this.field.richText = this;
    this.tools.hidden = false;
    this.editor.setHTML(this.wordsSoFar());
    this.sync();
    this.listen();
    if (hadFocus || this.field.autofocus) {
      this.focus();
      this.editor.moveCursorToEnd();
    }
  }

  listen() {
    this.editor.addEventListener("input", () => { if (this.tell()) this.offer(); });
    this.editor.addEventListener("pathChange", () => this.showState());
    this.editor.addEventListener("cursor", () => this.offer());
    this.room.addEventListener("keydown", (event) => this.list?.steer(event), true);
    // A click on a picture would give it handles, which Squire places by style attributes: the content policy refuses those.
    this.room.addEventListener("click", (event) => { if (event.target.nodeName === "IMG") event.stopPropagation(); });
    this.room.addEventListener("blur", () => setTimeout(() => this.list?.close(), 150));
    this.field.addEventListener("focus", () => this.focus());
    // Words that another script, or a person's own tool, put into the textarea.
    this.field.addEventListener("input", (event) => { if (!event.isOurs && this.field.value !== this.text) this.take(this.field.value); });
    this.field.form.addEventListener("reset", () => this.take(""));
    this.tools.addEventListener("mousedown", (event) => { if (!event.target.closest("input")) event.preventDefault(); });
    this.tools.addEventListener("click", (event) => { const tool = event.target.closest("[data-do]"); if (tool) this.act(tool.dataset.do); });
    this.address.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.act("set-link"); }
      if (event.key === "Escape") { event.stopPropagation(); this.askForLink(false); this.focus(); }
    });
  }

  get address() { return this.tools.querySelector(".rich-link input"); }

  get isNote() { return Boolean(this.field.form.querySelector('[name="mode"][value="note"]')?.checked); }

  focus() { this.editor.focus(); }

  take(text) {
    this.editor.setHTML(fromText(text));
    this.sync();
  }

  // The words go into the textarea, the form into the hidden field. An editor without words or pictures holds nothing.
  sync() {
    this.text = [...this.room.children].map((block) => block.innerText.replace(/\u200b/g, "").trimEnd()).join("\n").trim();
    const isEmpty = !this.text && !this.room.querySelector("img");
    this.room.classList.toggle("rich-empty", isEmpty && this.room.children.length < 2 && !this.room.querySelector("ul, ol, pre, blockquote"));
    this.field.value = this.text;
    this.html.value = isEmpty ? "" : this.editor.getHTML();
  }

  tell() {
    const before = this.html.value;
    this.sync();
    if (before === this.html.value) return false;
    const event = new Event("input", { bubbles: true });
    event.isOurs = true;
    this.field.dispatchEvent(event);
    return true;
  }

  // --- The tools ---------------------------------------------------------------------------------
  showState() {
    const has = { bold: ["B"], italic: ["I"], list: ["UL"], numbers: ["OL"], quote: ["BLOCKQUOTE"], link: ["A"] };
    for (const tool of this.tools.querySelectorAll("[aria-pressed]")) {
      const name = tool.dataset.do;
      const on = name === "code" ? ["CODE", "PRE"].some((tag) => this.editor.hasFormat(tag)) : this.editor.hasFormat(has[name][0]);
      tool.setAttribute("aria-pressed", String(on));
    }
  }

  act(name) {
    const is = (tag) => this.editor.hasFormat(tag);
    const deeds = {
      bold: () => (is("B") ? this.editor.removeBold() : this.editor.bold()),
      italic: () => (is("I") ? this.editor.removeItalic() : this.editor.italic()),
      list: () => (is("UL") ? this.editor.removeList() : this.editor.makeUnorderedList()),
      numbers: () => (is("OL") ? this.editor.removeList() : this.editor.makeOrderedList()),
      quote: () => (is("BLOCKQUOTE") ? this.editor.decreaseQuoteLevel() : this.editor.increaseQuoteLevel()),
      code: () => this.editor.toggleCode(),
      link: () => this.askForLink(this.tools.querySelector(".rich-link").hidden),
      "set-link": () => this.setLink(),
      "no-link": () => { this.askForLink(false); this.editor.removeLink(); this.focus(); },
    };
    deeds[name]();
    if (name !== "link") this.tell();
  }

  askForLink(open) {
    this.tools.querySelector(".rich-link").hidden = !open;
    this.tools.querySelector('[data-do="link"]').setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.kept = this.editor.getSelection();
    const link = closest(this.kept.startContainer, "a");
    this.address.value = link?.getAttribute("href") ?? "";
    this.address.focus();
  }

  setLink() {
    let url = this.address.value.trim();
    if (url && !/^[a-z]+:/i.test(url)) url = url.includes("@") && !url.includes("/") ? `mailto:${url}` : `https://${url}`;
    this.address.setAttribute("aria-invalid", String(Boolean(url) && !LINK.test(url)));
    if (url && !LINK.test(url)) return this.address.focus();
    this.askForLink(false);
    if (this.kept) this.editor.setSelection(this.kept);
    if (url) this.editor.makeLink(url);
    this.focus();
  }

  // --- What others put in --------------------------------------------------------------------------
  insertText(text) {
    this.insertHTML(fromText(text));
  }

  insertHTML(html) {
    this.focus();
    this.editor.insertHTML(html);
    this.tell();
  }

  insertPicture({ url, name }) {
    if (!this.editor) return;
    this.focus();
    this.editor.insertImage(url, { alt: name });
    this.tell();
  }

  removePicture(id) {
    if (!this.editor) return;
    for (const picture of this.room.querySelectorAll(`img[src*="${CSS.escape(id)}"]`)) picture.remove();
    this.tell();
  }

  quote(text) {
    this.focus();
    const range = document.createRange();
    range.selectNodeContents(this.room);
    range.collapse(false);
    if (this.html.value) this.editor.setSelection(range);
    this.insertHTML(`<blockquote>${fromText(text)}</blockquote><p><br></p>`);
  }

  // --- What typing offers: / at a line's start, @ before a name ----------------------------------------
  before() {
    const range = this.editor.getSelection();
    if (!range.collapsed || range.startContainer.nodeType !== Node.TEXT_NODE) return null;
    const block = closest(range.startContainer, "p, li, blockquote, pre, div");
    if (!block || block.matches("pre")) return null;
    const start = document.createRange();
    start.selectNodeContents(block);
    start.setEnd(range.startContainer, range.startOffset);
    return { node: range.startContainer, end: range.startOffset, line: start.toString().replace(/\u200b/g, "") };
  }

  async offer() {
    const here = this.before();
    const answer = here && ANSWER.exec(here.line), mention = here && this.isNote && MENTION.exec(here.line);
    if (answer && !this.isNote) return this.offerAnswers(here, answer[1]);
    if (mention) return this.offerNames(here, mention[1]);
    this.list?.close();
  }

  show(rows, here, length, choose, label) {
    this.list ??= new OfferList(this.room, this.field.form);
    this.list.show(rows, (row) => {
      const range = document.createRange();
      range.setStart(here.node, Math.max(0, here.end - length));
      range.setEnd(here.node, Math.min(here.end, here.node.length));
      this.focus();
      this.editor.setSelection(range);
      choose(row);
    }, label);
  }

  async offerAnswers(here, typed) {
    const source = this.field.form.querySelector("insert-answer");
    if (!source) return;
    if (!this.answers) {
      this.answers = source.load?.() ?? Promise.resolve([]);
    }
    const all = await this.answers, now = this.before();
    if (!now || now.line !== here.line) return;
    const rows = source.fitting(all, typed).slice(0, 8).map((choice) => ({ words: choice.title, under: choice.under, choice }));
    this.show(rows, now, typed.length + 1, ({ choice }) => {
      this.editor.insertPlainText("", false);
      this.tell();
      source.take(choice.button);
    }, source.dataset.wordsList);
  }

  offerNames(here, typed) {
    const source = this.field.form.querySelector("mention-names");
    const rows = (source?.namesFor?.(typed) ?? []).map((name) => ({ words: name }));
    this.show(rows, here, typed.length + 1, ({ words }) => { this.editor.insertPlainText(`@${words} `, false); this.tell(); }, source?.dataset.wordsList);
  }
}

function closest(node, selector) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(selector);
}

customElements.define("rich-text", RichText);
