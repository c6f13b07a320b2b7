// <push-devices key="…" worker="/desk/push-worker.js" scope="/desk/"><ul><li data-mark="…">…</li></ul><form data-state="ask">…</form>…</push-devices>
// Knows which of the devices in the list is this browser, and offers to add it when it is none of them. The browser asks its person only
// after a click on the button; the form then carries what the push service gave. Of the parts with data-state one is shown.

class PushDevices extends HTMLElement {
  async connectedCallback() {
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
    this.form = this.querySelector("form[data-state='ask']");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    await this.look();
  }

  say(state) {
    for (const part of this.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  }

  async look() {
    const subscription = await (await this.registration())?.pushManager.getSubscription();
    const here = subscription && this.querySelector(`[data-mark="${await markOf(subscription.endpoint)}"]`);
    if (!here) return this.say(Notification.permission === "denied" ? "denied" : "ask");
    this.say("here");
    here.querySelector("[data-here]").hidden = false;
    const removal = here.querySelector("form");
    removal.addEventListener("submit", async (event) => {
      event.preventDefault();
      await subscription.unsubscribe().catch(() => {});
      removal.submit();
    });
  }

  async registration() {
    const place = new URL(this.getAttribute("scope"), location.href).href;
    return (await navigator.serviceWorker.getRegistrations()).find((one) => one.scope === place);
  }

  async ask() {
    const button = this.form.querySelector("button");
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") return this.say("denied");
      const given = (await this.subscribe()).toJSON();
      this.form.elements.endpoint.value = given.endpoint;
      this.form.elements.public_key.value = given.keys.p256dh;
      this.form.elements.auth_secret.value = given.keys.auth;
      this.form.submit();
    } catch {
      this.say("failed");
    } finally {
      button.disabled = false;
    }
  }

  async subscribe() {
    const registration = await navigator.serviceWorker.register(this.getAttribute("worker"), { scope: this.getAttribute("scope") });
    await active(registration);
    // One made for an earlier key of the help desk is of no use.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(this.getAttribute("key")) });
  }
}

function active(registration) {
  const worker = registration.installing || registration.waiting;
  if (registration.active || !worker) return null;
  return new Promise((done, failed) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") failed(new Error(worker.state));
    });
  });
}

function bytesOf(key) {
  const words = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}

async function markOf(endpoint) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
  return Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("push-devices", PushDevices);
