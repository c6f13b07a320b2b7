// Menus are <details> and the desk's drawer is a target; both work without this. With it, a click elsewhere and Escape close them.

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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".menu[open]").forEach(close);
  if (document.querySelector(".rail:target")) location.hash = "main";
});
