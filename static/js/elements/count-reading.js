// <count-reading><details><summary>…</summary>… <a data-page href="/faq/3/">…</a></details> …</count-reading>
// An answer that is unfolded here counts as read, like one opened on its own page.

class CountReading extends HTMLElement {
  connectedCallback() {
    this.addEventListener("toggle", (event) => {
      const page = event.target.open && event.target.querySelector("[data-page]");
      if (!page || event.target.counted) return;
      event.target.counted = true;
      fetch(page.href, { credentials: "same-origin", priority: "low" }).catch(() => {});
    }, true);
  }
}

customElements.define("count-reading", CountReading);
