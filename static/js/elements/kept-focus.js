// After a form was sent and its page came, the focus is on the control that was used; where that is gone, on the message that says what
// happened; never nowhere. A page that gives the focus itself (a list of mistakes) keeps it.

const PLACE = "focus-after";
const PATIENCE = 20000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const control = event.submitter ?? document.activeElement;
  const menu = control.closest("details.menu, details");
  const kept = { path: target(control, form), key: control.dataset?.key, id: control.id, inMenu: Boolean(menu), words: menu ? words(menu.querySelector("summary small")) : words(control), at: Date.now() };
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // The message has the focus then.
  }
});

// formAction of a button without the attribute is the page's own address.
function target(control, form) { return new URL(control.hasAttribute?.("formaction") ? control.formAction : form.getAttribute("action") || location, location).pathname; }
function words(thing) { return thing?.textContent.trim().slice(0, 80) ?? ""; }
function isSeen(thing) { return thing.checkVisibility?.() ?? Boolean(thing.offsetParent); }

function restore() {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
  } catch {
    return;
  }
  if (!kept || Date.now() - kept.at > PATIENCE || (document.activeElement && document.activeElement !== document.body)) return;
  const place = used(kept) ?? said() ?? document.getElementById("main");
  if (place && place.tabIndex < 0) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

function used({ path, key, id, inMenu, words: before }) {
  const named = id && document.getElementById(id);
  if (named && isSeen(named)) return named;
  if (inMenu) {
    const menus = [...document.querySelectorAll("details")].filter((menu) => [...menu.querySelectorAll("form")].some((form) => leadsTo(form, path)));
    const summary = (menus.find((menu) => words(menu.querySelector("summary small")) === before) ?? menus[0])?.querySelector("summary");
    if (summary && isSeen(summary)) return summary;
  }
  const same = key && [...document.querySelectorAll("[data-key]")].find((control) => control.dataset.key === key && isSeen(control));
  if (same) return same;
  const buttons = [...document.querySelectorAll("form[method=post] button")].filter((button) => target(button, button.form) === path && isSeen(button));
  return buttons.find((button) => words(button) === before) ?? buttons[0];
}

function leadsTo(form, path) { return form.method === "post" && target(form, form) === path; }
function said() { return [...document.querySelectorAll(".toast")].find(isSeen); }

if (document.readyState === "complete") restore();
else window.addEventListener("load", restore, { once: true });
