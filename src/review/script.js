"use strict";
// Without this script the map shows its first figure, and everything else is there to read.
(() => {
  const buttons = [...document.querySelectorAll("button[data-figure]")];
  const tiles = [...document.querySelectorAll(".tile")];
  const choose = (name) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.figure === name));
    for (const part of document.querySelectorAll("[data-of]")) part.hidden = part.dataset.of !== name;
    for (const tile of tiles) {
      tile.className = `tile ${tile.getAttribute(`data-${name}-step`)}`;
      const value = tile.querySelector(".value");
      value.textContent = tile.getAttribute(`data-${name}`);
      value.classList.toggle("long", value.textContent.length > 3);
    }
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.figure));

  // A link opens what it leads to, and what that lies in.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
    if (target.matches("details")) target.querySelector("summary").focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  addEventListener("hashchange", follow);
  if (location.hash) follow();
})();
