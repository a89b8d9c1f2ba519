// How does one go from hit to hit of an article, and see where they are?
//
// The server numbers the occurrences: first those that answer the whole question, then the stray
// words; each has its anchor, and links to its neighbours that work without this script. Here: one
// bar that says where one is, the keys, and a rail of ticks. Nothing is animated.
"use strict";
(() => {
  const bar = document.querySelector(".steps");
  if (!bar) return;
  const whole = Number(bar.dataset.whole);
  const total = Number(bar.dataset.total);
  const last = whole || total;

  // which of the occurrences the address is at; while a page loads it is known before its target is
  function here() {
    if (location.hash === "#occ-end") return last;
    const number = Number(/^#occ-(\d+)$/.exec(location.hash)?.[1] ?? 0);
    return number <= total ? number : 0;
  }
  function target(number) {
    return document.getElementById(`occ-${number}`);
  }
  // whole ones and stray words are gone through apart
  function walk(number) {
    return number > last ? { first: last + 1, end: total } : { first: 1, end: last };
  }
  // where a step leads: an anchor of this page, another part of the thread, or nowhere
  function step(by) {
    const at = here();
    const { first, end } = walk(at);
    const to = at ? at + by : by > 0 ? first : end;
    if (to >= first && to <= end) return `#occ-${to}`;
    return (by > 0 ? bar.dataset.after : bar.dataset.before) || "";
  }
  function go(by) {
    const to = step(by);
    if (to.startsWith("#")) location.replace(to);
    else if (to) location.assign(to);
  }
  document.addEventListener("glose-hit", (event) => go(event.detail));

  function way(sign, label) {
    const anchor = document.createElement("a");
    anchor.textContent = sign;
    anchor.setAttribute("aria-label", label);
    return anchor;
  }
  const [before, after] = [way("‹", bar.dataset.previous), way("›", bar.dataset.next)];
  const at = document.createElement("span");
  at.setAttribute("aria-live", "polite");
  let used = null;
  for (const anchor of [before, after]) anchor.addEventListener("click", () => { used = anchor; });

  function show() {
    const number = here();
    if (!number) return;
    const { first, end } = walk(number);
    const counts = [number - first + 1, end - first + 1].map((count) => count.toLocaleString(document.documentElement.lang));
    const sentence = first > last && whole ? bar.dataset.stray : bar.dataset.at;
    // the two noughts of the sentence are where the numbers go
    at.textContent = sentence.split("0").reduce((text, piece, place) => text + counts[place - 1] + piece);
    for (const [anchor, by] of [[before, -1], [after, 1]]) {
      const to = step(by);
      // at an end the link stays, or the focus would be lost with it
      anchor.href = to || `#occ-${number}`;
      anchor.setAttribute("aria-disabled", String(!to));
    }
    if (!at.isConnected) bar.replaceChildren(before, at, after);
    document.documentElement.classList.add("stepping");
    const place = target(number);
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (location.hash === "#occ-end") location.replace(`#occ-${number}`);
    else if (!seen(place)) place.scrollIntoView({ block: "center", behavior: "instant" });
    for (const tick of rail.children) tick.classList.toggle("here", tick.hits.includes(place));
    // going to a mark takes the focus away from the link that led there
    used?.focus({ preventScroll: true });
    used = null;
  }
  function seen(place) {
    const box = place.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.height > 0;
  }

  // the rail: where the hits are in the whole page, as a map of it
  const rail = document.createElement("div");
  rail.className = "rail";
  rail.setAttribute("aria-hidden", "true");
  const FEWEST = 2;
  const APART = 4;
  function height(hit) {
    const pane = hit.closest(".text");
    const box = hit.getBoundingClientRect();
    // in a pane of its own, beside the thread, the article is a map by itself
    if (pane && getComputedStyle(pane).overflowY === "auto" && pane.scrollHeight > pane.clientHeight) {
      return (box.top - pane.getBoundingClientRect().top + pane.scrollTop) / pane.scrollHeight;
    }
    return (box.top + scrollY) / document.documentElement.scrollHeight;
  }
  function draw() {
    const hits = [...document.querySelectorAll(".hit[id]")].filter((hit) => hit.getClientRects().length);
    rail.replaceChildren();
    rail.hidden = hits.length < FEWEST;
    if (rail.hidden) return;
    const room = rail.clientHeight;
    const places = new Map();
    for (const hit of hits) {
      const place = Math.round((height(hit) * room) / APART);
      places.set(place, [...(places.get(place) ?? []), hit]);
    }
    for (const [place, some] of places) {
      const tick = document.createElement("i");
      tick.hits = some;
      tick.style.top = `${Math.min(room - APART, place * APART)}px`;
      tick.classList.toggle("stray", some.every((hit) => hit.classList.contains("stray")));
      tick.classList.toggle("here", some.includes(target(here())));
      rail.append(tick);
    }
  }
  rail.addEventListener("click", (event) => {
    const y = event.clientY - rail.getBoundingClientRect().top;
    const gap = (tick) => Math.abs(parseFloat(tick.style.top) - y);
    const nearest = [...rail.children].sort((a, b) => gap(a) - gap(b))[0];
    const hit = nearest?.hits.find((hit) => !hit.classList.contains("stray")) ?? nearest?.hits[0];
    if (hit) location.replace(`#${hit.id}`);
  });
  document.body.append(rail);
  let soon = 0;
  const redraw = () => { cancelAnimationFrame(soon); soon = requestAnimationFrame(draw); };
  // the page changes its height when it is resized, and when replies are folded
  new ResizeObserver(redraw).observe(document.body);
  addEventListener("resize", redraw);

  show();
  addEventListener("hashchange", show);
})();
