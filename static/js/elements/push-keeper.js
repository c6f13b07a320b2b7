// <push-keeper scope="/desk/" session="…"><form action="…">{% csrf_token %}</form></push-keeper>
// Once in each session: tells the help desk that this browser, which shows notices, is the same person's again. Where it is somebody
// else's now, the browser forgets its subscription.

class PushKeeper extends HTMLElement {
  async connectedCallback() {
    if (!("serviceWorker" in navigator && "PushManager" in window) || this.isDone) return;
    const place = new URL(this.getAttribute("scope"), location.href).href;
    const registration = (await navigator.serviceWorker.getRegistrations()).find((one) => one.scope === place);
    const subscription = await registration?.pushManager.getSubscription();
    if (!subscription) return;
    const form = this.querySelector("form");
    const body = new FormData(form);
    body.set("endpoint", subscription.endpoint);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      if (answer.status === 404) await subscription.unsubscribe();
      if (answer.ok || answer.status === 404) this.keep();
    } catch {
      // The next page tries again.
    }
  }

  get place() { return `push-keeper ${this.getAttribute("scope")}`; }

  get isDone() {
    try {
      return sessionStorage.getItem(this.place) === this.getAttribute("session");
    } catch {
      return false;
    }
  }

  keep() {
    try {
      sessionStorage.setItem(this.place, this.getAttribute("session"));
    } catch {
      // Asked again on the next page.
    }
  }
}

customElements.define("push-keeper", PushKeeper);
