// <ticket-board data-by="status" data-words-failed="…" data-words-moving="…">…<section data-lane="12"><ol class="lane-cards"><li class="card" data-number data-version>…
// Cards are dragged to another lane; each card's menu does the same for keyboards and fingers. What may not be moved goes back, and
// the reason is said. “Show more” puts the next cards of a lane under the ones that are there.

const HEADERS = { "X-Requested-With": "ticket-board" };

class TicketBoard extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-board-words]");
    this.querySelectorAll(".card").forEach(makeDraggable);
    this.addEventListener("dragstart", (event) => this.begin(event));
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.end());
    this.addEventListener("submit", (event) => this.choose(event));
    this.addEventListener("click", (event) => this.more(event));
  }

  begin(event) {
    const card = event.target.closest?.(".card");
    if (!card) return;
    this.card = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.number);
    card.classList.add("is-moving");
  }

  over(event) {
    const lane = this.laneOf(event.target);
    if (!this.card || !lane) return;
    event.preventDefault();
    this.querySelectorAll(".is-over").forEach((other) => other !== lane && other.classList.remove("is-over"));
    lane.classList.toggle("is-over", lane !== this.laneOf(this.card));
  }

  drop(event) {
    const lane = this.laneOf(event.target);
    const card = this.card;
    this.end();
    if (!card || !lane) return;
    event.preventDefault();
    if (lane !== this.laneOf(card)) this.move(card, lane, { [this.dataset.by]: lane.dataset.lane });
  }

  end() {
    this.card?.classList.remove("is-moving");
    this.card = null;
    this.querySelectorAll(".is-over").forEach((lane) => lane.classList.remove("is-over"));
  }

  // A choice in a card's menu. A status may stand in a lane of its kind; then the answer says where the card goes.
  choose(event) {
    const card = event.target.closest?.(".card");
    if (!card || !event.submitter) return;
    event.preventDefault();
    const status = event.submitter.value;
    const lane = this.dataset.by === "status" ? this.querySelector(`[data-lane="${status}"]`) : null;
    card.querySelector("details[open]")?.removeAttribute("open");
    this.move(card, lane, { status });
  }

  async move(card, lane, target) {
    const from = this.laneOf(card);
    const after = card.nextElementSibling;
    const list = card.parentElement;
    card.classList.add("is-moving");
    card.setAttribute("aria-busy", "true");
    this.say(this.dataset.wordsMoving);
    if (lane) lane.querySelector(".lane-cards").prepend(card);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...target, version: card.dataset.version })) body.append(name, value);
    body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    let answer = null;
    let said = {};
    try {
      answer = await fetch(card.querySelector("menu-part").getAttribute("src"), { method: "POST", body, headers: HEADERS, credentials: "same-origin", redirect: "error" });
      said = await answer.json();
    } catch {
      answer = null;
    }
    card.classList.remove("is-moving");
    card.removeAttribute("aria-busy");
    if (!answer?.ok) {
      list.insertBefore(card, after?.parentElement === list ? after : null);
      this.say(said.words ?? this.dataset.wordsFailed, true);
      this.draw(card, said, from);
      return;
    }
    this.say(said.words);
    if (said.gone) card.remove();
    else this.draw(card, said, lane);
    for (const each of [from, lane]) if (each) count(each);
  }

  // The card as it stands now, in the lane of its kind where the board has lanes by kind.
  draw(card, said, lane) {
    if (!said.card) return;
    const holder = document.createElement("template");
    holder.innerHTML = said.card;
    const fresh = holder.content.firstElementChild;
    makeDraggable(fresh);
    card.replaceWith(fresh);
    const kind = fresh.querySelector(".card-head .mark")?.dataset.kind;
    const right = this.dataset.by === "kind" ? this.querySelector(`[data-lane="${kind}"]`) : lane;
    if (right && !right.contains(fresh)) {
      const before = this.laneOf(fresh);
      right.querySelector(".lane-cards").prepend(fresh);
      for (const each of [before, right]) if (each) count(each);
    }
    fresh.querySelector("summary")?.focus();
  }

  async more(event) {
    const link = event.target.closest?.(".lane-more");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href, { credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const lane = link.closest(".lane");
      const list = lane.querySelector(".lane-cards");
      const there = new Set([...list.children].map((card) => card.dataset.number));
      const cards = [...page.querySelectorAll("ticket-board .card")].filter((card) => !there.has(card.dataset.number));
      cards.forEach(makeDraggable);
      list.append(...cards.map((card) => document.importNode(card, true)));
      const next = page.querySelector("ticket-board .lane-more");
      if (next) link.setAttribute("href", next.getAttribute("href"));
      else link.remove();
      link.removeAttribute("aria-busy");
      cards.length && list.querySelector(`[data-number="${cards[0].dataset.number}"] .card-subject`)?.focus();
    } catch {
      location.href = link.href;
    }
  }

  laneOf(node) {
    return node.closest?.("[data-lane]");
  }

  say(words, isRefusal = false) {
    if (!this.words || !words) return;
    clearTimeout(this.saying);
    this.words.textContent = words;
    this.words.hidden = false;
    this.words.classList.toggle("is-refusal", isRefusal);
    this.saying = setTimeout(() => { this.words.hidden = true; }, isRefusal ? 12000 : 5000);
  }
}

function makeDraggable(card) {
  if (card.querySelector("menu-part")) card.draggable = true;
  // The link over the card would be dragged in its place.
  card.querySelectorAll("a").forEach((link) => { link.draggable = false; });
}

// A number that was read whole goes on being right; “20+” stays.
function count(lane) {
  const place = lane.querySelector("[data-lane-amount]");
  const amount = lane.querySelectorAll(".card").length;
  if (place && place.textContent && !place.textContent.includes("+")) place.textContent = amount.toLocaleString(document.documentElement.lang, { useGrouping: false });
}

if (!customElements.get("ticket-board")) customElements.define("ticket-board", TicketBoard);
