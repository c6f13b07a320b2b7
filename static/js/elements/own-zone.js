// <own-zone data-words="Take the time zone of this device: %s"><select …></own-zone>
// Offers the zone the device goes by, where the list has it and another one is chosen. Nothing is chosen by itself.

class OwnZone extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const option = select && [...select.options].find((each) => each.value === zone);
    if (!option || select.value === zone) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-quiet";
    button.textContent = this.dataset.words.replace("%s", option.textContent);
    button.addEventListener("click", () => {
      select.value = zone;
      button.remove();
      select.focus();
    });
    this.append(button);
  }
}

customElements.define("own-zone", OwnZone);
