// <keep-draft src="…/draft/" key="desk-42-7"><form>… <span data-draft-note></span></form></keep-draft>
// Keeps what is written on the server, at each pause and on leaving, so that it is there on any machine. While the connection is
// broken it is kept in this browser. Of two who write in one draft the second is told, and chooses.

const PAUSE = 1500;
const NOT_KEPT = new Set(["form_key", "version", "seen_event", "confirmed", "files"]);

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.note = this.querySelector("[data-draft-note]");
    this.place = `unsent:${this.getAttribute("key")}`;
    if (!this.form) return;
    if (this.hasAttribute("fresh")) forget(this.place);
    else this.restore();
    this.last = this.words();
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.wait());
    this.form.addEventListener("draft-kept", (event) => this.take(event.detail));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.onLeave = () => { if (document.visibilityState === "hidden") this.keep({ leaving: true }); };
    this.onBack = () => this.keep();
    document.addEventListener("visibilitychange", this.onLeave);
    window.addEventListener("pagehide", this.onLeave);
    window.addEventListener("online", this.onBack);
    window.addEventListener("pageshow", () => { this.isSent = false; });
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onLeave);
    window.removeEventListener("pagehide", this.onLeave);
    window.removeEventListener("online", this.onBack);
  }

  data() {
    const data = new FormData(this.form);
    for (const name of NOT_KEPT) data.delete(name);
    return data;
  }

  // What a change of would have to be kept.
  words() {
    return JSON.stringify([...this.data()].filter(([name]) => !["csrfmiddlewaretoken", "draft", "draft_version", "kept"].includes(name)));
  }

  wait() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keep(), PAUSE);
  }

  async keep({ leaving = false } = {}) {
    clearTimeout(this.waiting);
    const words = this.words();
    if (this.isSent || this.isStopped || words === this.last) return;
    if (this.isBusy && !leaving) { this.again = true; return; }
    this.isBusy = true;
    const body = this.data();
    if (leaving) body.delete("draft_version"); // one that is on its way may have raised it, and these are the last words
    try {
      const answer = await fetch(this.getAttribute("src"), {
        method: "POST", body, credentials: "same-origin", redirect: "error", keepalive: leaving && words.length < 50_000, headers: { "X-Requested-With": "keep-draft" },
      });
      if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.status);
      const told = await answer.json();
      if (answer.ok) {
        this.last = words;
        this.take(told);
        forget(this.place);
      } else if (answer.status === 409) this.stop(told);
      else this.say(told.words);
    } catch {
      this.keepHere();
    }
    this.isBusy = false;
    this.idle?.();
    if (this.again) { this.again = false; this.wait(); }
  }

  // A draft that is on its way must not arrive after the message it became: it is waited for, but not long.
  submit(event) {
    clearTimeout(this.waiting);
    if (!this.isBusy || this.isSent) { this.isSent = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    this.isSent = true;
    const go = () => { clearTimeout(late); this.idle = null; this.form.requestSubmit(submitter); };
    const late = setTimeout(go, 3000);
    this.idle = go;
  }

  take({ draft, version, words }) {
    if (draft !== undefined) this.form.elements.draft.value = draft;
    if (version !== undefined) this.form.elements.draft_version.value = version;
    if (words !== undefined) this.say(words);
  }

  say(words) {
    if (this.note && words) this.note.textContent = words;
  }

  // Somebody else kept another version. Nothing is kept any more until the writer has chosen.
  stop(told) {
    this.isStopped = true;
    const line = document.createElement("p");
    line.className = "composer-line composer-line-soon";
    line.setAttribute("role", "alert");
    const words = document.createElement("span");
    words.textContent = told.words;
    const mine = button(this.dataset.wordsMine, () => {
      line.remove();
      this.isStopped = false;
      this.take({ version: told.version, ...(told.version === "" ? { draft: "" } : {}) });
      this.last = "";
      this.keep();
    });
    const theirs = button(this.dataset.wordsTheirs, () => { this.isSent = true; forget(this.place); location.reload(); });
    line.append(words, mine, ...(told.version === "" ? [] : [theirs]));
    this.form.querySelector("textarea").before(line);
  }

  keepHere() {
    try {
      localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), text: this.form.elements.text.value }));
      this.say(this.dataset.wordsOffline);
    } catch { /* storage is full or switched off: nothing is promised then */ }
  }

  restore() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.place));
      if (kept && !this.form.elements.text.value && Date.now() - kept.at < 7 * 86_400_000) {
        this.form.elements.text.value = kept.text;
        this.wait();
      }
    } catch { /* nothing is kept here */ }
  }
}

function button(words, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm";
  made.textContent = words;
  made.addEventListener("click", deed);
  return made;
}

function forget(place) {
  try { localStorage.removeItem(place); } catch { /* storage is switched off */ }
}

customElements.define("keep-draft", KeepDraft);
