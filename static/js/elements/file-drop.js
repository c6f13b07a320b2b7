// <file-drop><input type="file" multiple data-max-files data-max-bytes accept></file-drop>
// Files come by the button, by dragging, by pasting a picture; they are listed, may be taken back, and their sending is shown.
// Without this file the input works by itself, and the server checks everything again either way.

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    if (!this.input || this.area || !("DataTransfer" in window)) return;
    this.words = this.dataset;
    this.files = [];
    this.draw();
    this.form = this.input.form;
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.form?.addEventListener("submit", (event) => this.send(event));
    this.form?.addEventListener("reset", () => { this.files = []; this.show(); });
    // A picture pasted into the message beside it is a file of this message.
    this.form?.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length) { event.preventDefault(); this.add([...event.clipboardData.files]); }
    });
  }

  draw() {
    this.area = element("div", "drop");
    this.button = element("button", "btn btn-sm", this.words.wordsChoose);
    this.button.type = "button";
    this.hint = element("span", "small muted drop-hint", this.words.wordsHint);
    this.list = element("ul", "files");
    this.note = element("p", "field-error");
    this.note.setAttribute("role", "alert");
    this.note.hidden = true;
    // The label keeps pointing at the input, so a click on it still opens the choice; only the input leaves the eye.
    this.input.className = "visually-hidden";
    this.input.tabIndex = -1;
    if (this.input.getAttribute("aria-describedby")) this.button.setAttribute("aria-describedby", this.input.getAttribute("aria-describedby"));
    this.button.addEventListener("click", () => this.input.click());
    this.area.append(this.button, this.hint);
    this.append(this.area, this.list, this.note);
    for (const name of ["dragover", "dragleave", "drop"]) this.area.addEventListener(name, (event) => this.drag(event));
    this.show();
  }

  drag(event) {
    event.preventDefault();
    this.area.classList.toggle("drop-over", event.type === "dragover");
    if (event.type === "drop") this.add([...event.dataTransfer.files]);
  }

  add(files) {
    const limit = Number(this.input.dataset.maxFiles) || 20;
    const largest = Number(this.input.dataset.maxBytes) || Infinity;
    let wrong = "";
    for (const file of files) {
      if (this.files.some((known) => known.name === file.name && known.size === file.size && known.lastModified === file.lastModified)) continue;
      if (file.size > largest) wrong = say(this.words.wordsTooBig, { name: file.name, limit: this.size(largest) });
      else if (!this.takes(file)) wrong = say(this.words.wordsWrongType, { name: file.name });
      else if (this.files.length >= (this.input.multiple ? limit : 1)) {
        if (this.input.multiple) { wrong = say(this.words.wordsTooMany, { limit: this.number(limit) }); break; }
        this.files = [file];
      } else this.files.push(file);
    }
    this.show(wrong);
  }

  takes(file) {
    const kinds = this.input.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter(Boolean);
    return !kinds.length || kinds.some((kind) =>
      kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind);
  }

  show(wrong = "") {
    const carried = new DataTransfer();
    for (const file of this.files) carried.items.add(file);
    this.input.files = carried.files;
    this.list.hidden = !this.files.length;
    this.list.replaceChildren(...this.files.map((file, place) => {
      const row = element("li", "file");
      const name = element("bdi", "", file.name);
      const remove = element("button", "btn btn-quiet btn-sm btn-icon", "×");
      remove.type = "button";
      remove.setAttribute("aria-label", say(this.words.wordsRemove, { name: file.name }));
      remove.addEventListener("click", () => { this.files.splice(place, 1); this.show(); this.button.focus(); });
      row.append(name, element("span", "muted", this.size(file.size)), remove);
      return row;
    }));
    this.note.textContent = wrong;
    this.note.hidden = !wrong;
  }

  // Sends by XMLHttpRequest only when there is something to wait for. The answer of the server replaces the page as usual.
  send(event) {
    if (event.defaultPrevented || !this.files.length || this.files.reduce((sum, file) => sum + file.size, 0) < 400_000) return;
    event.preventDefault();
    const data = new FormData(this.form, event.submitter);
    const request = new XMLHttpRequest();
    const bar = element("progress", "upload-bar");
    bar.max = 100;
    this.append(bar);
    this.form.setAttribute("aria-busy", "true");
    const stop = () => {
      bar.remove();
      this.form.removeAttribute("aria-busy");
      this.show(this.words.wordsFailed);
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = Math.round((loaded / total) * 100);
      bar.setAttribute("aria-label", say(this.words.wordsSending, { percent: this.number(bar.value) }));
      this.hint.textContent = say(this.words.wordsSending, { percent: this.number(bar.value) });
    });
    request.addEventListener("load", () => turnTo(request.responseText, request.responseURL));
    request.addEventListener("error", stop);
    request.addEventListener("abort", stop);
    request.open("POST", this.target(event));
    request.send(data);
  }

  target(event) {
    return new URL(event.submitter?.getAttribute("formaction") || this.form.getAttribute("action") || "", location.href).href;
  }

  number(value) {
    return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(value);
  }

  size(bytes) {
    const units = (this.words.wordsUnits || "B KB MB GB").split(" ");
    const step = Math.min(units.length - 1, bytes ? Math.floor(Math.log2(bytes) / 10) : 0);
    return `${this.number(bytes / 1024 ** step)} ${units[step]}`;
  }
}

// The answer has been read already, with its one-time messages in it, so it is shown as it is and not asked for again.
// Its body comes whole, so that elements find their fields; scripts that this page has not loaded yet are fetched.
function turnTo(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (address !== location.href) {
    history.pushState(null, "", address);
    window.addEventListener("popstate", () => location.reload(), { once: true });
  }
  document.title = page.title;
  for (const { name, value } of page.documentElement.attributes) document.documentElement.setAttribute(name, value);
  const scripts = [...page.querySelectorAll("script[type=module][src]")].map((script) => script.src);
  document.body.replaceWith(page.body);
  for (const script of scripts) import(script);
  window.scrollTo(0, 0);
  (document.querySelector("[autofocus]") ?? document.querySelector("main"))?.focus();
}

function element(name, css, text = "") {
  const made = document.createElement(name);
  if (css) made.className = css;
  made.textContent = text;
  return made;
}

function say(words = "", values) {
  return words.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

customElements.define("file-drop", FileDrop);
