// <ticket-presence number="481902" src="/desk/tickets/481902/visits/"></ticket-presence>
// Says that this page of the ticket is open, and whether somebody writes on it, for as long as it is seen; and shows who else is here.
// What it shows comes from the server, in words.

const AGAIN = 20_000;
const STILL_WRITING = 8000;

class TicketPresence extends HTMLElement {
  connectedCallback() {
    this.page = this.pageName();
    this.doing = "";
    this.onSight = () => (document.visibilityState === "visible" ? this.say("reading") : this.leave());
    this.onLeave = () => this.leave();
    this.onInput = (event) => { if (event.target.closest?.("#composer")) this.write(); };
    this.onVisits = ({ detail }) => { if (detail.number === this.getAttribute("number")) this.refresh(); };
    this.onSeen = () => this.say(this.doing || "reading");
    document.addEventListener("visibilitychange", this.onSight);
    window.addEventListener("pagehide", this.onLeave);
    window.addEventListener("pageshow", this.onSight);
    document.addEventListener("input", this.onInput);
    document.addEventListener("live:visits", this.onVisits);
    document.addEventListener("live:seen", this.onSeen);
    this.onSight();
  }

  disconnectedCallback() {
    this.leave();
    document.removeEventListener("visibilitychange", this.onSight);
    window.removeEventListener("pagehide", this.onLeave);
    window.removeEventListener("pageshow", this.onSight);
    document.removeEventListener("input", this.onInput);
    document.removeEventListener("live:visits", this.onVisits);
    document.removeEventListener("live:seen", this.onSeen);
  }

  pageName() {
    return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  write() {
    clearTimeout(this.pausing);
    this.pausing = setTimeout(() => { if (this.doing === "writing") this.say("reading"); }, STILL_WRITING);
    if (this.doing !== "writing") this.say("writing");
  }

  form(doing) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
    const seen = document.querySelector("live-ticket")?.seen || "";
    return new URLSearchParams({ csrfmiddlewaretoken: token, page: this.page, doing, seen });
  }

  async say(doing) {
    clearTimeout(this.again);
    this.doing = doing;
    this.again = setTimeout(() => { if (document.visibilityState === "visible") this.say(this.doing); }, AGAIN);
    this.show(await this.fetch({ method: "POST", body: this.form(doing) }));
  }

  leave() {
    clearTimeout(this.again);
    clearTimeout(this.pausing);
    if (!this.doing) return;
    this.doing = "";
    navigator.sendBeacon(this.getAttribute("src"), this.form("gone"));
  }

  refresh() {
    clearTimeout(this.asking);
    this.asking = setTimeout(async () => this.show(await this.fetch({})), 150);
  }

  async fetch(options) {
    try {
      const answer = await fetch(this.getAttribute("src"), { credentials: "same-origin", redirect: "error", ...options });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null; // the next time tells
    }
  }

  show(words) {
    if (words !== null && words.trim() !== this.shown) {
      this.shown = words.trim();
      this.innerHTML = this.shown;
    }
  }
}

customElements.define("ticket-presence", TicketPresence);
