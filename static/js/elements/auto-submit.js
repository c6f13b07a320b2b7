// <auto-submit delay="300"><form>…<button class="auto-submit-button">Show</button></form></auto-submit>
// Sends the form when a choice changes, and a moment after typing stops. The button is for pages without script.

class AutoSubmit extends HTMLElement {
  connectedCallback() {
    this.querySelectorAll(".auto-submit-button").forEach((button) => { button.hidden = true; });
    this.addEventListener("change", (event) => this.send(event.target));
    this.addEventListener("input", (event) => {
      if (event.target.type !== "search" && event.target.type !== "text") return;
      clearTimeout(this.waiting);
      if (this.hasAttribute("delay")) this.waiting = setTimeout(() => this.send(event.target), Number(this.getAttribute("delay")));
    });
  }

  send(field) {
    const form = field.form || this.querySelector("form");
    clearTimeout(this.waiting);
    // Choices left open make no address longer.
    if (form.method === "get") for (const other of form.elements) if (other.name && !other.value && !other.disabled) other.disabled = true;
    form.requestSubmit();
  }
}

customElements.define("auto-submit", AutoSubmit);
