// <details><summary>…</summary><menu-part src="…"><a href="…">…</a></menu-part></details>
// Fetches the choices of a menu when it is opened for the first time; with `fresh`, each time. A form in it that says data-stays is sent
// without leaving the page: what comes back takes the menu's place, and the numbers beside the lists are asked for anew. Without script,
// or when nothing comes, its link leads to the same choices on a page of their own. The focus is not lost when the choices take the
// link's place; "menu-part-came" tells of them.

class MenuPart extends HTMLElement {
  connectedCallback() {
    this.menu = this.closest("details");
    this.onOpen = () => { if (this.menu.open && (!this.loaded || this.hasAttribute("fresh"))) this.load(); };
    this.menu?.addEventListener("toggle", this.onOpen);
    this.onSubmit = (event) => {
      const form = event.target;
      if (!form.matches("[data-stays]")) return;
      event.preventDefault();
      this.load(form.action, { method: "POST", body: new FormData(form) });
    };
    this.addEventListener("submit", this.onSubmit);
  }

  disconnectedCallback() {
    this.menu?.removeEventListener("toggle", this.onOpen);
    this.removeEventListener("submit", this.onSubmit);
  }

  get isLoading() { return this.getAttribute("aria-busy") === "true"; }

  async load(address = this.getAttribute("src"), more = {}) {
    this.loaded = true;
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { ...more, headers: { "X-Requested-With": "menu-part" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const words = await answer.text();
      const held = this.contains(document.activeElement);
      this.innerHTML = words;
      if (held) (this.querySelector("a[href], button, input:not([type=hidden]), select, textarea") ?? this.menu.querySelector("summary")).focus();
      if (more.method) document.querySelector("desk-counts")?.refresh();
    } catch {
      // The link stays; the next opening tries again.
      this.loaded = false;
    }
    this.removeAttribute("aria-busy");
    this.dispatchEvent(new CustomEvent("menu-part-came"));
  }
}

customElements.define("menu-part", MenuPart);
