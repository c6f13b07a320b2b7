// <leave-soon id="o7" seconds="8" data-words="Leaves in {seconds} s" data-words-now="Leaving now">… <span data-left></span></leave-soon>
// Counts the seconds until a reply leaves, then shows the talk as it is after that. Undo is a button of a form and needs none of this.

const PATIENCE = 20;

class LeaveSoon extends HTMLElement {
  connectedCallback() {
    this.ends = Date.now() + Number(this.getAttribute("seconds")) * 1000;
    this.place = this.querySelector("[data-left]");
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = this.place?.textContent ?? "";
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    clearTimeout(this.asking);
  }

  tick() {
    const left = Math.ceil((this.ends - Date.now()) / 1000);
    if (left > 0) return this.say(this.dataset.words.replace("{seconds}", new Intl.NumberFormat(document.documentElement.lang).format(left)));
    clearInterval(this.timer);
    this.say(this.dataset.wordsNow);
    this.ask(PATIENCE);
  }

  say(words) {
    if (this.place && this.place.textContent !== words) this.place.textContent = words;
  }

  ask(patience) {
    this.asking = setTimeout(async () => {
      let page = null;
      try {
        const answer = await fetch(location.pathname, { credentials: "same-origin", headers: { "X-Requested-With": "leave-soon" } });
        if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
      } catch { /* asked again below */ }
      if (page?.querySelector(".story") && !page.getElementById(this.id)) show(page);
      else if (patience) this.ask(patience - 1);
    }, patience === PATIENCE ? 1200 : 2500);
  }
}

// The new talk and strip take the place of the old ones. The composer keeps its words; it is told that its writer has seen what is
// there now, unless somebody else said something: that stops the next reply, as it should.
function show(page) {
  const story = document.querySelector(".story"), strip = document.querySelector(".props"), composer = document.querySelector("#composer");
  const known = new Set([...story.querySelectorAll(".say[id]")].map((said) => said.id));
  const strange = [...page.querySelectorAll(".story .say[id]")].some((said) => !known.has(said.id) && !said.matches(".say-ours"));
  const cameBack = page.querySelector('#composer [name="draft"]')?.value && !composer?.querySelector('[name="draft"]')?.value;
  if (cameBack && composer && !composer.elements.text.value.trim()) return location.reload();
  story.replaceChildren(...page.querySelector(".story").childNodes);
  if (strip && page.querySelector(".props")) strip.replaceWith(page.querySelector(".props"));
  if (composer && !strange) {
    for (const name of ["version", "seen_event"]) {
      const fresh = page.querySelector(`#composer [name="${name}"]`);
      if (fresh && composer.elements[name]) composer.elements[name].value = fresh.value;
    }
  }
  story.querySelector("#end")?.scrollIntoView({ block: "end" });
}

customElements.define("leave-soon", LeaveSoon);
