// <send-at-once><form>…<button>Save</button></form></send-at-once>
// Sends a form that a click in a mail has filled already, once the page is really seen. Without script the button is there.

class SendAtOnce extends HTMLElement {
  connectedCallback() {
    if (document.visibilityState === "visible") return this.send();
    document.addEventListener("visibilitychange", () => this.send(), { once: true });
  }

  send() {
    this.querySelector("form")?.requestSubmit();
  }
}

customElements.define("send-at-once", SendAtOnce);
