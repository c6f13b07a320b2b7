// <live-ticket number="481902" src="/desk/tickets/481902/" user="7" event="118" data-new-one="# new message" …></live-ticket>
// Puts what is new on the open page of a ticket: messages and lines of history at the end of the talk, the strip, the bar, the side. It
// asks for the page itself, as its reader may see it. What somebody types, what has the focus, and menus that are open stay untouched.
// The version that the writer has seen (safe send) follows only when everything new was before their eyes.

const ENTRY = /^[me]\d+$/;

class LiveTicket extends HTMLElement {
  connectedCallback() {
    this.seen = this.getAttribute("event") || "";
    this.unseen = new Set();
    this.story = document.querySelector(".story");
    this.end = document.getElementById("end");
    this.isAtEnd = Boolean(this.story && this.end) && !new URLSearchParams(location.search).has("before");
    this.button = this.querySelector("button");
    this.status = this.querySelector("[role=status]");
    this.button?.addEventListener("click", () => this.goToNew());
    this.onTicket = ({ detail }) => { if (detail.number === this.getAttribute("number")) this.plan(); };
    this.onAgain = () => this.plan();
    this.onSight = () => { if (document.visibilityState === "visible") { if (this.isLate) this.plan(); this.watchAll(); } };
    document.addEventListener("live:ticket", this.onTicket);
    document.addEventListener("live:caughtup", this.onAgain);
    document.addEventListener("visibilitychange", this.onSight);
    document.addEventListener("scroll", this.onScroll = () => this.watchSoon(), { capture: true, passive: true });
    this.watcher = new IntersectionObserver((entries) => this.notice(entries), { rootMargin: "0px 0px -24px 0px" });
    if (document.querySelector("reply-draft[fresh]")) this.follow(3);
  }

  // What was sent a moment ago is on its way: its fate is no line of history, so it is asked for a few times.
  follow(times) {
    clearTimeout(this.following);
    if (times) this.following = setTimeout(async () => {
      if (!this.story?.querySelector(".fate:not([title], .failed)")) return;
      await this.refresh();
      this.follow(times - 1);
    }, 4000);
  }

  disconnectedCallback() {
    clearTimeout(this.following);
    clearTimeout(this.later);
    document.removeEventListener("live:ticket", this.onTicket);
    document.removeEventListener("live:caughtup", this.onAgain);
    document.removeEventListener("visibilitychange", this.onSight);
    document.removeEventListener("scroll", this.onScroll, { capture: true });
    this.watcher.disconnect();
  }

  plan() {
    this.tries = 0;
    clearTimeout(this.planned);
    this.planned = setTimeout(() => this.refresh(), 120);
  }

  async refresh() {
    this.isLate = document.visibilityState !== "visible";
    if (this.isLate) return;
    if (this.isAsking) { this.again = true; return; }
    this.isAsking = true;
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { "X-Requested-With": "live-page" }, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      this.take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The next word of the server, or coming back to the page, tries again.
      this.isLate = true;
    }
    this.isAsking = false;
    if (this.again) { this.again = false; this.plan(); }
  }

  take(fresh) {
    const told = fresh.querySelector("live-ticket");
    if (!told || told.getAttribute("user") !== this.getAttribute("user")) return;
    this.isKept = false;
    for (const part of [".props", ".ticket-title", ".bar > .flow.push"]) this.takePart(document.querySelector(part), fresh.querySelector(part));
    this.takeSide(fresh);
    this.fresh = { event: told.getAttribute("event"), version: fresh.querySelector("#composer [name=version]")?.value };
    if (this.isAtEnd) this.takeTalk(fresh.querySelector(".story"));
    this.settle();
    if (this.isKept) this.tryAgain();
  }

  // What is under the pointer, or in use, changes a little later.
  takePart(old, now) {
    if (!old || !now || !this.differs(old, now)) return;
    if (this.isFree(old) && !old.matches(":hover")) old.replaceWith(document.importNode(now, true));
    else this.isKept = true;
  }

  tryAgain() {
    clearTimeout(this.later);
    this.tries = (this.tries || 0) + 1;
    if (this.tries < 6) this.later = setTimeout(() => this.refresh(), 2000 * this.tries);
  }

  takeSide(fresh) {
    const [old, now] = [document.querySelector(".side"), fresh.querySelector(".side")];
    if (!old || !now) return;
    if (old.children.length !== now.children.length) this.takePart(old, now);
    else [...old.children].forEach((part, place) => this.takePart(part, now.children[place]));
  }

  takeTalk(now) {
    if (!now) return;
    const wasAtEnd = this.story.scrollHeight - this.story.scrollTop - this.story.clientHeight < 96 && this.isSeen(this.end);
    const entries = [...now.children].filter((entry) => ENTRY.test(entry.id));
    const ids = new Set(entries.map((entry) => entry.id));
    const here = [...this.story.children].filter((entry) => ENTRY.test(entry.id));
    const first = here.findIndex((entry) => ids.has(entry.id));
    if (first >= 0) for (const entry of here.slice(first)) if (!ids.has(entry.id) && this.isFree(entry)) entry.remove();
    const added = [];
    let last = null;
    for (const entry of entries) {
      const old = document.getElementById(entry.id);
      if (old) {
        const isNew = this.unseen.has(old.id);
        if (this.differs(old, entry) && this.isFree(old)) {
          const copy = document.importNode(entry, true);
          old.replaceWith(copy);
          if (isNew) this.mark(copy);
          last = copy;
        } else last = old;
      } else if (last || first < 0) {
        const copy = this.mark(document.importNode(entry, true));
        if (last) last.after(copy);
        else this.end.before(copy);
        added.push(copy);
        last = copy;
      }
    }
    for (const entry of added) this.unseen.add(entry.id);
    this.watchAll();
    if (added.length) this.announce(added, wasAtEnd);
  }

  mark(entry) {
    entry.classList.add("just-come");
    if (!entry.querySelector(".chip-new")) {
      const chip = document.createElement("span");
      chip.className = "chip chip-accent chip-new";
      chip.textContent = this.dataset.wordNew;
      (entry.querySelector("header") || entry).append(chip);
    }
    return entry;
  }

  announce(added, wasAtEnd) {
    const messages = added.filter((entry) => entry.id.startsWith("m")).length;
    this.status.textContent = messages ? this.counted(messages) : added.at(-1).querySelector("span")?.textContent || "";
    // Whoever stands at the end stays there; whoever reads further up stays where they are.
    if (wasAtEnd) this.end.scrollIntoView({ block: "nearest" });
  }

  counted(number) {
    const language = document.documentElement.lang || "en";
    const form = new Intl.PluralRules(language).select(number);
    return (this.getAttribute(`data-new-${form}`) || this.dataset.newOther).replace("#", new Intl.NumberFormat(language).format(number));
  }

  goToNew() {
    const first = [...this.story.children].find((entry) => this.unseen.has(entry.id));
    first?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: no-preference)").matches ? "smooth" : "auto" });
    this.story.focus({ preventScroll: true });
  }

  // --- What was seen ---------------------------------------------------------------------------------

  watchAll() {
    for (const id of this.unseen) {
      const entry = document.getElementById(id);
      if (entry) { this.watcher.unobserve(entry); this.watcher.observe(entry); } else this.unseen.delete(id);
    }
  }

  watchSoon() {
    if (!this.unseen.size) return;
    clearTimeout(this.scrolled);
    this.scrolled = setTimeout(() => this.watchAll(), 200);
  }

  notice(entries) {
    if (document.visibilityState !== "visible") return;
    const shown = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    if (!shown.length) return;
    setTimeout(() => {
      for (const entry of shown) {
        if (!entry.isConnected || !this.isSeen(entry)) continue;
        this.watcher.unobserve(entry);
        this.unseen.delete(entry.id);
      }
      this.settle();
    }, 700);
  }

  isSeen(entry) {
    const [box, frame] = [entry.getBoundingClientRect(), this.story.getBoundingClientRect()];
    // On a phone the composer stands over the end of the talk.
    const composer = document.getElementById("composer")?.getBoundingClientRect().top ?? window.innerHeight;
    const bottom = Math.min(frame.bottom, window.innerHeight, composer > 0 ? composer : window.innerHeight);
    return document.visibilityState === "visible" && box.top < bottom && box.bottom > Math.max(frame.top, 0);
  }

  // The version follows when nothing new is left that the writer has not had before their eyes.
  settle() {
    const messages = [...this.unseen].filter((id) => id.startsWith("m") && document.getElementById(id)).length;
    if (this.button) {
      this.button.hidden = !messages;
      if (messages) this.button.querySelector("[data-words]").textContent = this.counted(messages);
    }
    if (this.unseen.size || !this.fresh || !this.isAtEnd) return;
    const { event, version } = this.fresh;
    const composer = document.getElementById("composer");
    if (version && composer?.elements.version) {
      composer.elements.version.value = version;
      composer.elements.seen_event.value = event;
    }
    if (event && event !== this.seen) {
      this.seen = event;
      document.dispatchEvent(new CustomEvent("live:seen"));
    }
  }

  // --- What may be touched -----------------------------------------------------------------------------

  differs(old, now) {
    return this.words(old) !== this.words(now);
  }

  words(part) {
    const copy = part.cloneNode(true);
    for (const field of copy.querySelectorAll("[name=csrfmiddlewaretoken], .chip-new")) field.remove();
    copy.classList.remove("just-come");
    for (const menu of copy.querySelectorAll("menu-part")) menu.replaceChildren();
    return copy.outerHTML.replace(/ class="([^"]*?)\s*"/g, ' class="$1"');
  }

  isFree(part) {
    if (part.contains(document.activeElement) || part.querySelector("details[open], dialog[open]")) return false;
    const chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && chosen.containsNode(part, true)) return false;
    const fields = [...part.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])")];
    return fields.every((field) => field.type === "file" ? !field.files.length : field.value === field.defaultValue);
  }
}

customElements.define("live-ticket", LiveTicket);
