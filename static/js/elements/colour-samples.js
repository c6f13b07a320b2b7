// <colour-samples src="…" data-words-pick="Pick a colour"> around the field `colour`: adds the browser's colour picker beside it,
// and draws the samples anew while one types. Without it, the button “Preview” does the same.

class ColourSamples extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("[name=colour]");
    this.keeps = this.querySelector("[name=keeps_light_colour]");
    this.samples = this.querySelector("[data-samples]");
    if (!this.field || !this.samples) return;
    this.querySelector("[name=preview]")?.remove();
    this.addPicker();
    this.field.addEventListener("input", () => this.later());
    this.keeps?.addEventListener("change", () => this.later());
  }

  addPicker() {
    const picker = document.createElement("input");
    picker.type = "color";
    picker.className = "input";
    picker.setAttribute("aria-label", this.dataset.wordsPick);
    const row = document.createElement("span");
    row.className = "with-addon";
    this.field.before(row);
    row.append(picker, this.field);
    this.picker = picker;
    this.follow();
    picker.addEventListener("input", () => {
      this.field.value = picker.value;
      this.later();
    });
  }

  follow() {
    if (/^#[0-9a-f]{6}$/i.test(this.field.value.trim())) this.picker.value = this.field.value.trim().toLowerCase();
  }

  later() {
    this.follow();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), 150);
  }

  async draw() {
    const asked = new URLSearchParams({ colour: this.field.value });
    if (this.keeps?.checked) asked.set("keeps_light_colour", "on");
    this.latest = asked;
    try {
      const response = await fetch(`${this.getAttribute("src")}?${asked}`);
      const words = response.ok ? await response.text() : "";
      if (words && this.latest === asked) this.samples.innerHTML = words;
    } catch {
      return; // offline; saving says what is wrong
    }
  }
}

customElements.define("colour-samples", ColourSamples);
