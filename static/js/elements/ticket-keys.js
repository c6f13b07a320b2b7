// <ticket-keys hidden><a data-key="BracketLeft">…</a><a data-key="BracketRight">…</a></ticket-keys>
// The ticket before and the next one, as the list showed them from which one came (kept by row-keys); shown only where there are some.
// J and K go along the messages of the talk, whatever was loaded into it meanwhile.

const LIST = "desk-list", LAST = "desk-last";

class TicketKeys extends HTMLElement {
  connectedCallback() {
    const paths = read(LIST)?.paths ?? [], here = paths.indexOf(location.pathname);
    this.lead("BracketLeft", here > 0 ? paths[here - 1] : "");
    this.lead("BracketRight", here >= 0 ? paths[here + 1] : "");
    this.hidden = !this.querySelector("a[href]");
    try {
      sessionStorage.setItem(LAST, JSON.stringify(location.pathname));
    } catch {
      // The list will not know where one was.
    }
    const story = document.querySelector(".story");
    if (story) Object.assign(story.dataset, { keyPlace: "ticket", keys: "KeyJ,KeyK" });
    this.onKey = (event) => { if (this.move(event.detail.name)) event.preventDefault(); };
    document.addEventListener("desk-key", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("desk-key", this.onKey);
  }

  lead(name, path) {
    const link = this.querySelector(`[data-key="${name}"]`);
    link.hidden = !path;
    if (path) link.href = `${path}#end`;
  }

  move(name) {
    if (name !== "KeyJ" && name !== "KeyK") return false;
    const said = [...document.querySelectorAll(".story .say")];
    if (!said.length) return false;
    const at = said.findIndex((message) => message.contains(document.activeElement));
    const to = at < 0 ? said.length - 1 : Math.max(0, Math.min(said.length - 1, at + (name === "KeyJ" ? 1 : -1)));
    said[to].tabIndex = -1;
    said[to].focus({ preventScroll: true });
    said[to].scrollIntoView({ block: "nearest" });
    return true;
  }
}

function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place));
  } catch {
    return null;
  }
}

customElements.define("ticket-keys", TicketKeys);
