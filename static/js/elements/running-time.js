// <running-time since="2026-11-30T10:12:00+00:00"><span>…</span></running-time>
// Says behind its words how long it has been running. Without script the words alone tell since when.

class RunningTime extends HTMLElement {
  connectedCallback() {
    this.since = Date.parse(this.getAttribute("since"));
    if (Number.isNaN(this.since)) return;
    this.shown = this.appendChild(document.createElement("b"));
    this.tell();
    this.clock = setInterval(() => this.tell(), 20_000);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    this.shown?.remove();
  }

  tell() {
    const minutes = Math.max(0, Math.floor((Date.now() - this.since) / 60_000));
    const digits = new Intl.NumberFormat(document.documentElement.lang || "en", { minimumIntegerDigits: 2, useGrouping: false });
    const whole = new Intl.NumberFormat(document.documentElement.lang || "en", { useGrouping: false });
    this.shown.textContent = `${whole.format(Math.floor(minutes / 60))}:${digits.format(minutes % 60)}`;
  }
}

customElements.define("running-time", RunningTime);
