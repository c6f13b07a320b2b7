// <rights-matrix data-words-one="…" data-words-other="…">…tables with .box > input[data-given]…[data-changes]…</rights-matrix>
// Arrow keys move among the boxes (in the page's direction), changed boxes glow, the bar counts them. Boxes that a team
// gives cannot be changed here but are visited too, so that their reasons can be read. Whoever leaves with changed boxes
// otherwise than by reviewing or discarding them is asked by the browser first.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class RightsMatrix extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector("[data-changes]");
    this.discard = this.querySelector("[data-discard]");
    this.quiet = this.bar?.textContent;
    this.querySelectorAll(".box-team").forEach((box) => { if (box.matches("label")) box.tabIndex = -1; });
    this.addEventListener("change", (event) => { if (event.target.name === "right") this.tell(); });
    this.addEventListener("keydown", (event) => this.move(event));
    this.ask = (event) => event.preventDefault();
    this.addEventListener("submit", (event) => { if (event.target.id === "boxes") this.guard(false); });
    this.discard?.addEventListener("click", () => this.guard(false));
    // A page from the browser's memory comes back with its ticks.
    window.addEventListener("pageshow", () => this.tell());
    this.tell();
  }

  tell() {
    let count = 0;
    for (const input of this.querySelectorAll("input[data-given]")) {
      const changed = input.checked !== (input.dataset.given === "1");
      input.closest(".box").classList.toggle("box-changed", changed);
      count += changed;
    }
    const language = document.documentElement.lang || "en";
    const words = this.getAttribute(`data-words-${new Intl.PluralRules(language).select(count)}`) || this.dataset.wordsOther;
    if (this.bar) this.bar.textContent = count ? words.replace("%(count)s", new Intl.NumberFormat(language).format(count)) : this.quiet;
    if (this.discard) this.discard.hidden = !count;
    this.classList.toggle("is-changed", count > 0);
    this.guard(count > 0);
  }

  guard(isNeeded) {
    if (isNeeded) window.addEventListener("beforeunload", this.ask);
    else window.removeEventListener("beforeunload", this.ask);
  }

  move(event) {
    const here = event.target.closest(".box");
    const step = STEPS[event.key];
    if (!here || event.ctrlKey || event.metaKey || event.altKey || !(step || event.key === "Home" || event.key === "End")) return;
    const rows = this.rows();
    const row = rows.findIndex((boxes) => boxes.includes(here));
    const at = rows[row]?.indexOf(here);
    if (row < 0) return;
    event.preventDefault();
    if (event.key === "Home" || event.key === "End") return this.reach(rows[row].at(event.key === "Home" ? 0 : -1));
    const [down, across] = step;
    const turned = getComputedStyle(this).direction === "rtl" ? -across : across;
    if (down) this.reach(rows[row + down]?.[Math.min(at, rows[row + down].length - 1)]);
    else this.reach(rows[row][at + turned]);
  }

  rows() {
    return [...this.querySelectorAll(".matrix tbody tr, .boxes-row")].map((row) => [...row.querySelectorAll(".box")]).filter((row) => row.length);
  }

  reach(box) {
    if (!box) return;
    const input = box.querySelector("input");
    (input.disabled ? box : input).focus();
    box.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

customElements.define("rights-matrix", RightsMatrix);
