// <live-list data-changed-one="# ticket changed" …><button>…</button></live-list>
// Keeps the list of tickets on the page fresh: rows that changed are changed in their place; where rows came, went or moved, a quiet bar
// says how many, and brings them when it is asked to. Nothing moves under the pointer or the keyboard by itself. Who writes in a ticket
// stands in its row.

const PAUSE = 10_000;

class LiveList extends HTMLElement {
  connectedCallback() {
    this.asked = Date.now();
    this.writers = new Map();
    this.button = this.querySelector("button");
    this.button?.addEventListener("click", () => this.bring());
    this.onTickets = ({ detail }) => this.hear(detail);
    this.onAgain = () => this.plan(0);
    this.onVisits = ({ detail }) => this.note(detail.number, detail.writers);
    this.onWriters = ({ detail }) => {
      for (const number of this.writers.keys()) if (!detail[number]) this.note(number, []);
      for (const [number, names] of Object.entries(detail)) this.note(number, names);
    };
    document.addEventListener("live:tickets", this.onTickets);
    document.addEventListener("live:caughtup", this.onAgain);
    document.addEventListener("live:visits", this.onVisits);
    document.addEventListener("live:writers", this.onWriters);
  }

  disconnectedCallback() {
    clearTimeout(this.planned);
    document.removeEventListener("live:tickets", this.onTickets);
    document.removeEventListener("live:caughtup", this.onAgain);
    document.removeEventListener("live:visits", this.onVisits);
    document.removeEventListener("live:writers", this.onWriters);
  }

  get list() {
    return document.querySelector(".list");
  }

  rows(list) {
    const found = new Map();
    for (const row of list.querySelectorAll(".row")) {
      const number = row.querySelector(".row-tick")?.value;
      if (number) found.set(number, row);
    }
    return found;
  }

  // A ticket that stands in the list is looked at soon, others when there was time enough.
  hear({ numbers, many }) {
    const here = this.list ? this.rows(this.list) : new Map();
    const soon = many || numbers.some((number) => here.has(number));
    this.plan(soon ? 700 : 4000);
  }

  plan(wait) {
    if (this.planned) return;
    const since = Date.now() - this.asked;
    const pause = this.hasAsked ? Math.max(wait, PAUSE - since) : wait;
    this.planned = setTimeout(() => { this.planned = null; this.refresh(); }, pause + Math.random() * 800);
  }

  async refresh() {
    if (document.visibilityState !== "visible") { this.plan(PAUSE); return; }
    this.asked = Date.now();
    this.hasAsked = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "live-page" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      this.take(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".list"));
    } catch {
      // The next change tries again.
    }
  }

  take(fresh) {
    const list = this.list;
    if (!list || !fresh) return;
    const [old, now] = [this.rows(list), this.rows(fresh)];
    const stays = [...old.keys()].join() === [...now.keys()].join();
    for (const [number, row] of old) if (now.has(number)) this.change(row, now.get(number), number);
    const moved = stays ? 0 : this.moved([...old.keys()], [...now.keys()]);
    this.fresh = moved ? fresh : null;
    this.say(moved);
  }

  // How many rows came, went or stand elsewhere.
  moved(old, now) {
    const [before, after] = [new Set(old), new Set(now)];
    const common = [old.filter((number) => after.has(number)), now.filter((number) => before.has(number))];
    const elsewhere = common[0].filter((number, place) => common[1][place] !== number).length;
    return old.filter((number) => !after.has(number)).length + now.filter((number) => !before.has(number)).length + (elsewhere ? 1 : 0);
  }

  change(row, now, number) {
    const copy = document.importNode(now, true);
    const tick = copy.querySelector(".row-tick");
    if (tick) tick.checked = row.querySelector(".row-tick").checked;
    copy.classList.toggle("row-at", row.classList.contains("row-at"));
    if (this.plain(row) === this.plain(copy)) return;
    if (row.contains(document.activeElement) || row.matches(":hover")) {
      // What is under the pointer or has the focus keeps its place and its parts; only its words change.
      for (const part of [".row-under", ".row-status", ".row-when"]) {
        const [before, after] = [row.querySelector(part), copy.querySelector(part)];
        if (before && after && before.outerHTML !== after.outerHTML) before.replaceWith(after);
      }
      row.classList.toggle("row-unread", copy.classList.contains("row-unread"));
    } else {
      copy.classList.add("just-come");
      row.replaceWith(copy);
    }
    this.show(number);
  }

  plain(row) {
    const copy = row.cloneNode(true);
    for (const chip of copy.querySelectorAll(".chip-writes")) chip.remove();
    for (const time of copy.querySelectorAll(".row-when")) time.removeAttribute("title");
    copy.classList.remove("just-come", "row-at");
    return copy.outerHTML;
  }

  say(number) {
    if (!this.button) return;
    this.hidden = !number;
    if (!number) return;
    const language = document.documentElement.lang || "en";
    const form = new Intl.PluralRules(language).select(number);
    const words = this.getAttribute(`data-changed-${form}`) || this.dataset.changedOther;
    this.querySelector("[data-words]").textContent = words.replace("#", new Intl.NumberFormat(language).format(number));
  }

  // The whole list as it is now, with what was ticked, and with the row of the keyboard.
  bring() {
    const list = this.list;
    if (!list || !this.fresh) return;
    const [top, ticked] = [list.scrollTop, new Set([...list.querySelectorAll(".row-tick:checked")].map((tick) => tick.value))];
    const at = list.querySelector(".row-at .row-tick")?.value;
    const copy = document.importNode(this.fresh, true);
    for (const [number, row] of this.rows(copy)) {
      const tick = row.querySelector(".row-tick");
      tick.checked = ticked.has(number);
      row.classList.toggle("row-at", number === at);
    }
    list.replaceWith(copy);
    copy.scrollTop = top;
    this.fresh = null;
    this.say(0);
    for (const number of this.writers.keys()) this.show(number);
    copy.querySelector(".row-at a, .row a")?.focus({ preventScroll: true });
  }

  note(number, names) {
    if (names.length) this.writers.set(number, names);
    else this.writers.delete(number);
    this.show(number);
  }

  show(number) {
    const row = this.list && this.rows(this.list).get(number);
    if (!row) return;
    row.querySelector(".chip-writes")?.remove();
    const names = this.writers.get(number);
    if (!names) return;
    const chip = document.createElement("span");
    chip.className = "chip chip-ok chip-writes";
    chip.textContent = this.dataset.wordsWrites.replace("{name}", `\u2068${names.join(", ")}\u2069`);
    row.querySelector(".row-subject")?.append(chip);
  }
}

customElements.define("live-list", LiveList);
