// <copy-links data-words-done="The link is copied."><a class="say-way" href="?at=m1#m1">…</a></copy-links>
// A click on the sign of a link to one place of the page copies the whole address. Without script, or with a key held, one goes there.

class CopyLinks extends HTMLElement {
  connectedCallback() {
    this.onClick = (event) => this.copy(event);
    this.addEventListener("click", this.onClick);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.onClick);
  }

  async copy(event) {
    const link = event.target.closest?.('a.say-way[href*="?at="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      location.assign(link.href);
      return;
    }
    let note = this.querySelector(":scope > [role=status]");
    if (!note) {
      note = document.createElement("span");
      note.setAttribute("role", "status");
      note.className = "copied";
      this.append(note);
    }
    note.textContent = this.dataset.wordsDone;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => { note.textContent = ""; }, 2500);
  }
}

customElements.define("copy-links", CopyLinks);
