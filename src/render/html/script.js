"use strict";
// Without this script all is there to read; with it, it can be filtered and searched.
(() => {
  const groups = [...document.querySelectorAll("article details.group")];
  const form = document.getElementById("filter");
  const roots = groups.filter((group) => !group.parentElement.closest("details.group"));

  // A link to a group or a rule opens it, and what it lies in.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (form && target.closest("[hidden]")) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
    if (!target.matches("details")) return;
    for (let at = target; at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  };
  // The same link twice is no change of the address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  addEventListener("hashchange", follow);

  const texts = new Map();
  const text = (node) => {
    let known = texts.get(node);
    if (known === undefined) texts.set(node, (known = node.textContent.toLowerCase()));
    return known;
  };
  const own = (group, part) => group.querySelector(`:scope > ${part}`);

  const chosen = (name) => {
    const boxes = [...form.querySelectorAll(`input[name=${name}]`)];
    return boxes.length ? new Set(boxes.filter((box) => box.checked).map((box) => box.value)) : null;
  };

  // Shows what fits of a group; says whether anything does.
  const show = (group, want) => {
    const fits = (!want.level || want.level.has(group.dataset.level))
      && (!want.state || want.state.has(group.dataset.state));
    const says = (part) => {
      const node = own(group, part);
      return node !== null && text(node).includes(want.words);
    };
    const head = fits && (says("summary") || says(".inside > .advice") || says(".inside > .waiver"));
    let any = false;
    for (const place of group.querySelectorAll(":scope > .inside > .places > li")) {
      const hit = head || (fits && text(place).includes(want.words));
      place.hidden = !hit;
      any = any || hit;
    }
    let below = false;
    for (const other of group.querySelectorAll(":scope > .inside > details.group")) {
      below = show(other, want) || below;
    }
    group.hidden = !(head || any || below);
    // A head that only stands for what follows from it is no hit of its own.
    group.classList.toggle("by", !(head || any) && below);
    if (want.open && !group.hidden && !head) group.open = true;
    return !group.hidden;
  };

  const hits = document.getElementById("hits");
  const none = document.getElementById("none");
  const apply = () => {
    const words = document.getElementById("search").value.trim().toLowerCase();
    const want = { words, level: chosen("level"), state: chosen("state"), open: words.length > 2 };
    const articles = form.closest("article") ? [] : [...document.querySelectorAll("article")];
    for (const article of articles) article.hidden = false;
    for (const root of roots) show(root, want);
    const count = groups.filter((group) => !group.closest("[hidden]") && !group.matches(".by")).length;
    hits.textContent = `${count} ${hits.dataset.of} ${groups.length} ${hits.dataset.groups}`;
    none.hidden = count > 0;
    // Of several submissions those that have nothing of it step aside, and their numbers too.
    const asked = words !== "" || form.querySelector("input[type=checkbox]:not(:checked)") !== null;
    form.classList.toggle("on", asked);
    for (const article of articles) {
      article.hidden = asked && !article.querySelector("details.group:not([hidden])");
    }
  };

  if (form && roots.length) {
    let timer = 0;
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", apply);
    document.getElementById("search").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(apply, 150);
    });
    const all = (open) => () => {
      for (const group of groups) if (!group.closest("[hidden]")) group.open = open;
    };
    document.getElementById("open-all").addEventListener("click", all(true));
    document.getElementById("close-all").addEventListener("click", all(false));
    apply();
  }
  if (location.hash) follow();
})();
