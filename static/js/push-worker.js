// The service worker for notices on a device. It keeps no pages and answers no requests: it shows what the help desk sends, and opens
// the page it is about. The help desk sends everything sealed for this browser (notifications/push/).

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(change(event)));

async function show(data) {
  const told = read(data);
  if (!told) return;
  const answer = await stillHolds(told);
  if (answer === "no") return;
  await self.registration.showNotification(told.title, {
    body: answer === "yes" ? told.body : told.neutral,
    lang: told.lang,
    dir: told.dir,
    tag: told.tag,
    renotify: true,
    data: { url: told.url },
  });
}

function read(data) {
  try {
    return data.json();
  } catch {
    return null;
  }
}

// Between sending and showing hours may have passed: the person may have signed out here, or may not see this any more. Without an
// answer nothing of it is told, only that there is news.
async function stillHolds(told) {
  try {
    const answer = await fetch(told.ask, {
      method: "POST",
      body: new URLSearchParams({ id: told.id }),
      headers: { "X-Requested-With": "push-worker" },
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(8000),
    });
    if (answer.ok) return "yes";
    return answer.status < 500 && answer.status !== 429 ? "no" : "unknown";
  } catch {
    return "unknown";
  }
}

async function open(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url.split("#")[0] === url);
  if (there) return there.focus();
  return self.clients.openWindow(url);
}

// The push service gave this browser another address, or took the old one away. The help desk is told, or hears nothing at that address
// for good; where this person is no longer signed in here, or the help desk knows of no device here, the browser forgets it.
async function change(event) {
  const place = new URL("push-worker/change/", self.location.href);
  const given = event.newSubscription ?? (await subscribed(event, place));
  const { endpoint, keys } = given.toJSON();
  const said = { endpoint, public_key: keys.p256dh, auth_secret: keys.auth, before: event.oldSubscription?.endpoint ?? "" };
  const answer = await fetch(place, {
    method: "POST",
    body: new URLSearchParams(said),
    headers: { "X-Requested-With": "push-worker" },
    credentials: "same-origin",
    redirect: "error",
  });
  if (answer.status === 404) await given.unsubscribe();
}

async function subscribed(event, place) {
  const key = event.oldSubscription?.options?.applicationServerKey ?? bytesOf(await (await fetch(place)).text());
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function bytesOf(key) {
  const words = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}
