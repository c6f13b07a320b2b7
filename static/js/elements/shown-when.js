// <shown-when><form>…<input name="field-host" data-shown-when="field-kind" data-shown-values="technical other">…</form></shown-when>
// Hides what plays no part beside the answers above it. Without script all is shown and the help says when it counts; the server decides.

class ShownWhen extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form") || this.closest("form");
    if (!this.form) return;
    this.form.addEventListener("change", () => this.refresh());
    this.form.addEventListener("reset", () => setTimeout(() => this.refresh()));
    this.refresh();
  }

  answers(name) {
    const fields = [...this.form.elements].filter((field) => field.name === name);
    if (fields.some((field) => this.placeOf(field)?.hidden)) return [];
    return fields.flatMap((field) => {
      if (field.matches("input[type=checkbox], input[type=radio]")) return field.checked ? [field.value] : [];
      return [field.value];
    });
  }

  placeOf(field) {
    return field.closest(".secret") || field.closest(".field");
  }

  refresh() {
    // In the order of the page: what hangs on a hidden field is hidden too.
    for (const field of this.form.querySelectorAll("[data-shown-when]")) {
      const wanted = (field.dataset.shownValues || "").split(" ");
      const place = this.placeOf(field);
      if (place) place.hidden = !this.answers(field.dataset.shownWhen).some((answer) => wanted.includes(answer));
    }
  }
}

customElements.define("shown-when", ShownWhen);
