// <live-desk src="/desk/live/" news="/desk/live/news/" user="7" data-words-…></live-desk>
// Hears what is new while the page is seen, and says it to the others on the page, as events of the document:
//   live:ticket {number, event}, live:tickets {numbers, many}, live:visits {number, writers, readers}, live:caughtup
// By a stream of server-sent events; where none is to be had, by asking every now and then. What was missed (sleep, no network, a server
// that starts anew) is caught up. A page that is not seen asks nothing. It never touches what somebody types.

const POLL = 10_000;
const LONGEST_PAUSE = 60_000;
const SILENT = 50_000;
const HIDDEN_FOR = 10_000;
const AWAY = 60_000;
const COUNTS_PAUSE = 15_000;
const STREAM_AGAIN = 300_000;

const about = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

class LiveDesk extends HTMLElement {
  connectedCallback() {
    this.ticket = document.querySelector("live-ticket")?.getAttribute("number") || "";
    this.latest = null;
    this.round = 0;
    this.failures = 0;
    this.awaySince = 0;
    this.onSight = () => this.look();
    this.onAgain = () => { if (document.visibilityState === "visible" && !this.isHearing) this.begin(); };
    this.onLeave = () => this.pause();
    document.addEventListener("visibilitychange", this.onSight);
    window.addEventListener("online", this.onAgain);
    window.addEventListener("pageshow", this.onAgain);
    window.addEventListener("pagehide", this.onLeave);
    if (document.readyState === "complete") this.look();
    else window.addEventListener("load", this.onSight, { once: true });
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onSight);
    window.removeEventListener("online", this.onAgain);
    window.removeEventListener("pageshow", this.onAgain);
    window.removeEventListener("pagehide", this.onLeave);
    this.pause();
  }

  look() {
    clearTimeout(this.hiding);
    if (document.visibilityState !== "visible") this.hiding = setTimeout(() => this.pause(), HIDDEN_FOR);
    else if (!this.isOn) this.begin();
    else if (!this.isHearing) this.begin();
  }

  begin() {
    if (this.isOver) return;
    this.isOn = true;
    this.go(++this.round);
  }

  pause() {
    if (!this.isOn) return;
    this.isOn = false;
    this.round += 1;
    this.close();
    this.awaySince ||= Date.now();
  }

  stop(words) {
    this.isOver = true;
    this.pause();
    this.say(words);
  }

  close() {
    clearTimeout(this.watchdog);
    this.source?.close();
    this.source = null;
    this.isHearing = false;
  }

  // One round: hear as long as it goes; then ask why it ended, and what was missed; hear again when that was answered.
  async go(round) {
    const here = () => round === this.round;
    let errors = 0;
    while (here()) {
      if (!errors && (this.failures < 3 || Date.now() > this.streamAgain)) {
        const heard = await this.hear();
        if (!here()) return;
        this.awaySince ||= Date.now();
        this.failures = heard ? 0 : this.failures + 1;
        if (this.failures === 3) this.streamAgain = Date.now() + STREAM_AGAIN;
        if (heard) await this.sleep(about(1000));
      }
      if (!here()) return;
      this.awaySince ||= Date.now();
      const answer = await this.ask();
      if (!here()) return;
      errors = answer === "ok" ? 0 : errors + 1;
      await this.sleep(about(errors ? Math.min(1000 * 2 ** errors, LONGEST_PAUSE) : this.failures >= 3 ? POLL : 500));
    }
  }

  sleep(milliseconds) {
    return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  }

  get question() {
    const query = new URLSearchParams();
    if (this.ticket) query.set("ticket", this.ticket);
    if (this.latest === null) query.set("age", Math.ceil(performance.now() / 1000));
    else query.set("since", this.latest);
    return `?${query}`;
  }

  // Resolves when the stream is over: whether there was one.
  hear() {
    return new Promise((resolve) => {
      let opened = false;
      const source = new EventSource(this.getAttribute("src") + this.question);
      this.close();
      this.source = source;
      const over = () => {
        if (this.source === source) this.close();
        else source.close();
        resolve(opened);
      };
      const alive = () => {
        clearTimeout(this.watchdog);
        this.watchdog = setTimeout(over, SILENT);
      };
      const on = (name, act) => source.addEventListener(name, (event) => {
        if (this.source !== source) return over();
        alive();
        if (event.lastEventId) this.latest = Math.max(this.latest || 0, Number(event.lastEventId));
        return act(JSON.parse(event.data));
      });
      source.onerror = over;
      on("hello", (facts) => {
        opened = this.isHearing = true;
        this.latest = Math.max(this.latest || 0, facts.latest);
        if (String(facts.you) !== this.getAttribute("user")) return this.stop("other");
        this.takeToken(facts.token);
        return this.isBack();
      });
      on("beat", () => {});
      on("ticket", (facts) => this.tell("ticket", facts));
      on("tickets", (facts) => this.tellTickets(facts));
      on("visits", (facts) => this.tell("visits", facts));
      on("end", ({ why }) => (why === "unseen" ? this.stop("unseen") : over()));
      alive();
    });
  }

  async ask() {
    try {
      const answer = await fetch(this.getAttribute("news") + this.question, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(15_000) });
      if (answer.type === "opaqueredirect") { this.say("out"); return "out"; }
      if (answer.status === 404 || answer.status === 403) { this.stop("unseen"); return "over"; }
      if (!answer.ok) throw new Error(answer.status);
      const facts = await answer.json();
      if (String(facts.you) !== this.getAttribute("user")) { this.stop("other"); return "over"; }
      this.latest = facts.latest;
      this.takeToken(facts.token);
      this.isBack();
      if (facts.event) this.tell("ticket", { number: this.ticket, event: facts.event });
      if (facts.numbers.length || facts.many) this.tellTickets({ numbers: facts.numbers, many: facts.many });
      this.tell("writers", facts.writers);
      return "ok";
    } catch {
      if (Date.now() - this.awaySince > 5000) this.say("lost");
      return "lost";
    }
  }

  // Who signed in again has other tokens; those of this page would be refused.
  takeToken(token) {
    if (this.awaySince && token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  isBack() {
    const away = this.awaySince ? Date.now() - this.awaySince : 0;
    this.awaySince = 0;
    if (away > AWAY) {
      this.tell("caughtup", {});
      this.say("back");
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => { if (this.said === "back") this.say(""); }, 10_000);
    } else if (this.said && this.said !== "back") {
      this.tell("caughtup", {});
      this.say("");
    }
  }

  tell(name, facts) {
    document.dispatchEvent(new CustomEvent(`live:${name}`, { detail: facts }));
  }

  // The numbers beside the lists are counted anew, but not for each of many changes.
  tellTickets(facts) {
    this.tell("tickets", facts);
    if (this.counting) return;
    const counts = document.querySelector("desk-counts");
    const wait = Math.max(0, COUNTS_PAUSE - (Date.now() - (counts?.asked || 0)));
    this.counting = setTimeout(() => {
      this.counting = null;
      if (document.visibilityState === "visible") counts?.refresh?.();
    }, wait ? about(wait) : 300);
  }

  say(words) {
    if (this.said === words) return;
    this.said = words;
    for (const sentence of this.querySelectorAll("[data-state]")) sentence.hidden = sentence.dataset.state !== words;
  }
}

customElements.define("live-desk", LiveDesk);
