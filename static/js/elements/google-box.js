/* <google-box>: holds Google's checkbox and the way without it. While the box appears in time, the other way keeps out of sight;
   when Google cannot be loaded it comes back. Without this script it is there from the start. */

const PATIENCE = 5000;

class GoogleBox extends HTMLElement {
  connectedCallback() {
    this.way = this.querySelector("[data-other-way]");
    if (!this.way) return;
    this.way.hidden = true;
    this.timer = setTimeout(() => this.look(), PATIENCE);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  look() {
    this.way.hidden = this.querySelector("iframe") !== null;
  }
}

if (!customElements.get("google-box")) customElements.define("google-box", GoogleBox);
