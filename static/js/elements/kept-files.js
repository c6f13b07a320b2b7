// <kept-files src="…/draft/files/"><input type="file" name="files" multiple><ul data-list>… <input type="checkbox" name="kept"> …</ul></kept-files>
// Files go up while one writes, each with its progress, and are kept with the draft: chosen, dropped anywhere on the composer, or
// pasted. Without this file the input sends them with the form.

class KeptFiles extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.form = this.input?.form;
    if (!this.form || this.button || !("FormData" in window)) return;
    this.button = element("button", "btn btn-quiet btn-sm");
    this.button.type = "button";
    this.button.append(icon("paperclip"), element("span", "composer-words", this.dataset.wordsChoose));
    this.button.addEventListener("click", () => this.input.click());
    this.note = element("p", "field-error");
    this.note.setAttribute("role", "alert");
    this.note.hidden = true;
    this.input.before(this.button);
    // The button is the one control there is, for those who listen too.
    this.input.hidden = true;
    this.input.labels.forEach((label) => { label.hidden = true; });
    this.append(this.note);
    for (const row of this.list.children) this.dress(row, row.querySelector("[data-name]"));
    this.input.addEventListener("change", () => { this.add([...this.input.files]); this.input.value = ""; });
    for (const name of ["dragover", "dragleave", "drop"]) this.form.addEventListener(name, (event) => this.drag(event));
    this.form.addEventListener("paste", (event) => this.paste(event), true);
  }

  drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.form.classList.toggle("drop-over", event.type === "dragover");
    if (event.type === "drop") { event.stopPropagation(); this.add([...event.dataTransfer.files]); }
  }

  // A spreadsheet or a text from Word brings a picture of itself along: there the words are wanted.
  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    event.stopPropagation();
    this.add(files);
  }

  // A picture stands in the text where one writes with the rich editor; it is a file of the message all the same.
  async add(files) {
    this.say("");
    for (const file of files) {
      const told = await this.send(file);
      if (told?.is_image) this.form.querySelector("rich-text")?.insertPicture?.(told);
    }
  }

  send(file) {
    const row = element("li", "file"), bar = element("progress", "upload-bar");
    const name = element("bdi", "", file.name);
    name.dir = "ltr";
    bar.max = 100;
    bar.setAttribute("aria-label", this.dataset.wordsSending.replace("{percent}", "0"));
    row.append(name, bar);
    this.list.hidden = false;
    this.list.append(row);
    row.setAttribute("aria-busy", "true");
    const data = new FormData();
    data.append("file", file);
    data.append("mode", this.form.querySelector('[name="mode"]:checked')?.value ?? "");
    data.append("draft", this.form.elements.draft.value);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const end = (told, words) => {
        row.removeAttribute("aria-busy");
        if (told) this.arrived(row, told);
        else { row.remove(); this.list.hidden = !this.list.children.length; this.say(words || this.dataset.wordsFailed); }
        resolve(told);
      };
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = Math.round((loaded / total) * 100);
        bar.setAttribute("aria-label", this.dataset.wordsSending.replace("{percent}", new Intl.NumberFormat(document.documentElement.lang).format(bar.value)));
      });
      request.addEventListener("load", () => {
        let told = null;
        try { told = JSON.parse(request.responseText); } catch { /* not ours */ }
        end(request.status === 200 ? told : null, told?.words);
      });
      request.addEventListener("error", () => end(null));
      request.addEventListener("abort", () => end(null));
      request.open("POST", this.getAttribute("src"));
      request.setRequestHeader("X-CSRFToken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
      request.setRequestHeader("X-Requested-With", "keep-draft");
      request.send(data);
    });
  }

  arrived(row, told) {
    const tick = element("input"), name = element("bdi", "", told.name);
    Object.assign(tick, { type: "checkbox", name: "kept", value: told.id, checked: true });
    tick.dataset.name = told.name;
    name.dir = "ltr";
    const label = element("label", "flow");
    label.append(tick, name);
    row.replaceChildren(label, element("span", "muted", told.size));
    this.dress(row, tick);
    this.form.dispatchEvent(new CustomEvent("draft-kept", { detail: { draft: told.draft, version: told.version } }));
  }

  dress(row, tick) {
    tick.hidden = true;
    const remove = element("button", "btn btn-quiet btn-sm btn-icon", "×");
    remove.type = "button";
    remove.setAttribute("aria-label", this.dataset.wordsRemove.replace("{name}", tick.dataset.name));
    remove.addEventListener("click", () => this.remove(row, tick.value));
    row.append(remove);
  }

  remove(row, id) {
    row.remove();
    this.list.hidden = !this.list.children.length;
    this.button.focus();
    this.form.querySelector("rich-text")?.removePicture?.(id);
    const headers = { "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value, "X-Requested-With": "keep-draft" };
    fetch(`${this.getAttribute("src")}${id}/removal/`, { method: "POST", headers, credentials: "same-origin", keepalive: true }).catch(() => {});
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }
}

function element(name, css = "", text = "") {
  const made = document.createElement(name);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
}

function icon(name) {
  const sprite = document.querySelector(".composer use")?.getAttribute("href")?.split("#")[0] ?? "";
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#i-${name}`);
  drawing.append(use);
  return drawing;
}

customElements.define("kept-files", KeptFiles);
