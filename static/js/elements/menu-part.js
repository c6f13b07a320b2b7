// <details><summary>…</summary><menu-part src="…"><a href="…">…</a></menu-part></details>
// Fetches the choices of a menu when it is opened for the first time. Without script, or when nothing comes, its link leads to the
// same choices on a page of their own. The focus is not lost when the choices take the link's place; "menu-part-came" tells of them.

class MenuPart extends HTMLElement {
  connectedCallback() {
    this.menu = this.closest("details");
    this.onOpen = () => { if (this.menu.open && !this.loaded) this.load(); };
    this.menu?.addEventListener("toggle", this.onOpen);
  }

  disconnectedCallback() {
    this.menu?.removeEventListener("toggle", this.onOpen);
  }

  get isLoading() { return this.getAttribute("aria-busy") === "true"; }

  async load() {
    this.loaded = true;
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { "X-Requested-With": "menu-part" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const words = await answer.text();
      const held = this.contains(document.activeElement);
      this.innerHTML = words;
      if (held) (this.querySelector("a[href], button, input:not([type=hidden]), select, textarea") ?? this.menu.querySelector("summary")).focus();
    } catch {
      // The link stays; the next opening tries again.
      this.loaded = false;
    }
    this.removeAttribute("aria-busy");
    this.dispatchEvent(new CustomEvent("menu-part-came"));
  }
}

customElements.define("menu-part", MenuPart);
