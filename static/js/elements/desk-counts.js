// <desk-counts src="/desk/counts/" key="…"><noscript>…</noscript></desk-counts>
// Puts the numbers into everything with data-count="name" (a badge, hidden while there is nothing) or data-words="name" (a sentence).
// The page does not wait for them: the last ones are shown at once, fresh ones are asked for when the page has been drawn, and again
// when one comes back to it.

const PAUSE = 15000;

class DeskCounts extends HTMLElement {
  connectedCallback() {
    this.place = `desk-counts-${this.getAttribute("key")}`;
    this.asked = 0;
    this.onReturn = () => { if (document.visibilityState === "visible" && Date.now() - this.asked > PAUSE) this.refresh(); };
    document.addEventListener("visibilitychange", this.onReturn);
    window.addEventListener("focus", this.onReturn);
    this.show(this.kept());
    if (document.readyState === "complete") this.refresh();
    else window.addEventListener("load", () => this.refresh(), { once: true });
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onReturn);
    window.removeEventListener("focus", this.onReturn);
  }

  async refresh() {
    this.asked = Date.now();
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const counts = await answer.json();
      this.show(counts);
      this.keep(counts);
    } catch {
      // The last numbers stay; coming back to the page tries again.
    }
  }

  show(counts) {
    if (!counts) return;
    for (const badge of document.querySelectorAll("[data-count]")) {
      badge.textContent = counts.numbers?.[badge.dataset.count] || "";
      badge.hidden = !badge.textContent;
    }
    for (const sentence of document.querySelectorAll("[data-words]")) {
      const words = counts.words?.[sentence.dataset.words];
      if (words) sentence.textContent = words;
    }
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  keep(counts) {
    try {
      sessionStorage.setItem(this.place, JSON.stringify(counts));
    } catch {
      // A browser that keeps nothing shows them a moment later.
    }
  }
}

customElements.define("desk-counts", DeskCounts);
