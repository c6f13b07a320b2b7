// <filter-list>: a search field over a long list of boxes. Hides the rows that do not fit; ticked ones always stay.
class FilterList extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input[type=search]");
    if (!field) return;
    field.closest("[hidden]")?.removeAttribute("hidden");
    field.addEventListener("input", () => this.narrow(field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  narrow(words) {
    const wanted = plain(words);
    for (const row of this.querySelectorAll(".choice")) {
      row.hidden = Boolean(wanted) && !plain(row.textContent).includes(wanted) && !row.querySelector("input").checked;
    }
  }
}

function plain(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f\u2068\u2069\u200c]/g, "").replace(/ي/g, "ی").replace(/ك/g, "ک").trim().toLocaleLowerCase();
}

customElements.define("filter-list", FilterList);
