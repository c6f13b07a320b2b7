// Menus are <details> and the desk's drawer is a target; both work without this. With it, a click elsewhere and Escape close them,
// arrows go along what can be chosen, and typing goes to what begins so.

function close(menu) {
  const held = menu.contains(document.activeElement);
  menu.removeAttribute("open");
  if (held) menu.querySelector("summary")?.focus();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.removeAttribute("open");
  const rail = document.querySelector(".rail:target");
  if (rail && !rail.contains(event.target)) location.hash = "main";
});

let typed = "", typing = 0;

function stops(menu) {
  return [...menu.querySelectorAll(".menu-list :is(a[href], button)")].filter((stop) => !stop.disabled && stop.offsetParent);
}

function walk(event, menu) {
  const found = stops(menu), here = found.indexOf(document.activeElement), list = menu.querySelector(".menu-list");
  if (!found.length || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const to = { ArrowDown: (here + 1) % found.length, ArrowUp: (here < 0 ? 0 : here - 1 + found.length) % found.length, Home: 0, End: found.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    found[to].focus();
  } else if (event.key.length === 1 && event.key !== " " && list?.contains(event.target)) {
    typed = event.timeStamp - typing < 900 ? typed + event.key.toLocaleLowerCase() : event.key.toLocaleLowerCase();
    typing = event.timeStamp;
    // The first letter again goes to the next one of those that begin with it.
    const order = [...found.slice(typed.length > 1 ? Math.max(here, 0) : here + 1), ...found];
    const fitting = order.find((stop) => stop.textContent.toLocaleLowerCase().split(/[\s⁨⁩]+/).some((word) => word.startsWith(typed)));
    if (fitting) {
      event.preventDefault();
      fitting.focus();
    }
  }
}

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu[open]");
  if (menu && !event.defaultPrevented && !event.target.matches("input, textarea, select")) walk(event, menu);
  if (event.key !== "Escape") return;
  document.querySelectorAll(".menu[open]").forEach(close);
  if (document.querySelector(".rail:target")) location.hash = "main";
});
