// <print-page><button type="button" hidden>Print</button></print-page>
// Without script the browser's own menu prints.

class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

customElements.define("print-page", PrintPage);
