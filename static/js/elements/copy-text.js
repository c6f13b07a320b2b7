// <copy-text text="…" data-words-done="Copied"><button type="button">Copy</button></copy-text>

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button?.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(this.getAttribute("text"));
      } catch {
        return; // not allowed here; the text stands beside the button
      }
      const words = button.textContent;
      button.textContent = this.dataset.wordsDone || words;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}

customElements.define("copy-text", CopyText);
