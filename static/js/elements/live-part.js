// <live-part src="…" seconds="3">…</live-part>
// Fetches what stands in it again, from the same address as its page, for as long as something inside says data-busy and the page is
// seen. Where the reader is inside it with the keyboard, the same button has the focus afterwards, or the nearest one before it. Without script: reload the page.

class LivePart extends HTMLElement {
  connectedCallback() {
    this.look = () => { if (document.visibilityState === "visible") this.plan(); };
    document.addEventListener("visibilitychange", this.look);
    this.plan();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.look);
    clearTimeout(this.timer);
  }

  plan() {
    clearTimeout(this.timer);
    if (this.querySelector("[data-busy]") && document.visibilityState === "visible") {
      this.timer = setTimeout(() => this.load(), Number(this.getAttribute("seconds") || 3) * 1000);
    }
  }

  async load() {
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { "X-Requested-With": "live-part" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const words = await answer.text();
      const stops = () => [...this.querySelectorAll("a[href], button")];
      const place = stops().indexOf(document.activeElement), held = this.contains(document.activeElement);
      this.innerHTML = words;
      if (held) this.take(stops(), place);
    } catch {
      // The next look tries again.
    }
    this.plan();
  }

  // What had the focus may be gone; the focus goes to what stands nearest, and to the part itself when nothing is left.
  take(stops, place) {
    const stop = stops[Math.min(Math.max(place, 0), stops.length - 1)];
    if (!stop) this.tabIndex = -1;
    (stop ?? this).focus({ preventScroll: true });
  }
}

customElements.define("live-part", LivePart);
