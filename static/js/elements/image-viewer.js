// <image-viewer data-words-…><a class="file-picture" href="/files/…"><img alt="label.jpg"></a> …</image-viewer>
// Opens the pictures inside it large, one after the other: arrows lead on, Escape ends it, the focus comes back to where it was.
// Without script the links open the files themselves.

class ImageViewer extends HTMLElement {
  connectedCallback() {
    this.onClick = (event) => this.open(event);
    this.addEventListener("click", this.onClick);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.onClick);
    this.dialog?.remove();
    this.dialog = null;
  }

  open(event) {
    const link = event.target.closest?.("a.file-picture");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.links = [...this.querySelectorAll("a.file-picture")];
    this.from = link;
    this.dialog ??= this.build();
    this.show(this.links.indexOf(link));
    this.dialog.showModal();
  }

  build() {
    const dialog = document.createElement("dialog");
    dialog.className = "viewer";
    const bar = dialog.appendChild(document.createElement("div"));
    bar.className = "viewer-bar";
    this.name = bar.appendChild(document.createElement("bdi"));
    this.name.id = "viewer-name";
    dialog.setAttribute("aria-labelledby", this.name.id);
    this.count = bar.appendChild(document.createElement("span"));
    this.count.className = "muted";
    this.count.setAttribute("aria-live", "polite");
    this.own = bar.appendChild(document.createElement("a"));
    this.own.className = "btn btn-sm";
    this.own.textContent = this.dataset.wordsDownload;
    this.own.target = "_blank";
    this.own.rel = "noopener";
    this.button(bar, "×", this.dataset.wordsClose, () => dialog.close());
    this.picture = dialog.appendChild(document.createElement("img"));
    this.picture.addEventListener("click", (event) => event.stopPropagation());
    const ways = dialog.appendChild(document.createElement("div"));
    ways.className = "viewer-ways";
    this.previous = this.button(ways, "‹", this.dataset.wordsPrevious, () => this.show(this.at - 1));
    this.next = this.button(ways, "›", this.dataset.wordsNext, () => this.show(this.at + 1));
    dialog.addEventListener("keydown", (event) => {
      const forward = getComputedStyle(dialog).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        event.preventDefault();
        this.show(this.at + (event.key === forward ? 1 : -1));
      }
      event.stopPropagation(); // the keys of the page mean nothing here
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => {
      this.picture.removeAttribute("src");
      (this.links[this.at]?.isConnected ? this.links[this.at] : this.from)?.focus();
    });
    return this.appendChild(dialog);
  }

  button(into, sign, words, act) {
    const button = into.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "btn btn-sm btn-icon";
    button.textContent = sign;
    button.setAttribute("aria-label", words);
    button.title = words;
    button.addEventListener("click", act);
    return button;
  }

  show(place) {
    if (place < 0 || place >= this.links.length) return;
    this.at = place;
    const link = this.links[place];
    const name = link.querySelector("img")?.alt ?? "";
    this.picture.src = link.href;
    this.picture.alt = name;
    this.name.textContent = name;
    this.own.href = link.href;
    const digits = new Intl.NumberFormat(document.documentElement.lang || "en");
    this.count.textContent = this.links.length > 1 ? `${digits.format(place + 1)} / ${digits.format(this.links.length)}` : "";
    this.previous.disabled = place === 0;
    this.next.disabled = place === this.links.length - 1;
  }
}

customElements.define("image-viewer", ImageViewer);
