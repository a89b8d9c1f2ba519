// What does the keyboard add to pages that already work without this script?
"use strict";

const box = document.getElementById("q");
const dialog = document.getElementById("keys");
const KEY = "glose-shortcuts-off";

function off() {
  try { return localStorage.getItem(KEY) === "1"; } catch { return false; }
}
function setOff(value) {
  try { localStorage.setItem(KEY, value ? "1" : "0"); } catch { /* private browsing: this page only */ }
}

for (const one of document.querySelectorAll(".scripted")) one.hidden = false;

const toggle = document.getElementById("keys-switch");
function say() { toggle.textContent = off() ? toggle.dataset.on : toggle.dataset.off; }
say();
toggle.addEventListener("click", () => { setOff(!off()); say(); });
function help() {
  dialog.showModal();
  // Enter closes the help; it must not turn the keys off
  document.getElementById("keys-close").focus();
}
document.getElementById("keys-help").addEventListener("click", help);

function step(list, by) {
  if (!list.length) return;
  const at = list.findIndex((one) => one === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
  list[next].focus();
  list[next].scrollIntoView({ block: "center" });
}

// while a page loads its address is known before its target is
function occurrenceHere() {
  return Number(/^#occ-(\d+)$/.exec(location.hash)?.[1] ?? 0);
}
function occurrence(by) {
  const marks = document.querySelectorAll("mark[id^='occ-']");
  if (!marks.length) return;
  const here = occurrenceHere();
  const number = here ? here + by : by > 0 ? 1 : marks.length;
  if (number >= 1 && number <= marks.length) location.replace("#occ-" + number);
}

// "occurrence 3 sur 11", with a way to either side, in the bar that stays in sight
const steps = document.querySelector(".steps");
function way(sign, label) {
  const made = document.createElement("a");
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  return made;
}
if (steps) {
  const total = Number(steps.dataset.total);
  const [before, after] = [way("‹", steps.dataset.previous), way("›", steps.dataset.next)];
  let used = null;
  const at = document.createElement("span");
  at.setAttribute("aria-live", "polite");
  const count = () => {
    const here = occurrenceHere();
    if (here < 1 || here > total) return;
    at.textContent = steps.dataset.at.replace("0", here);
    for (const [one, to] of [[before, here - 1], [after, here + 1]]) {
      // at an end the link stays, or the focus would be lost with it
      one.href = `#occ-${Math.min(total, Math.max(1, to))}`;
      one.setAttribute("aria-disabled", String(to < 1 || to > total));
    }
    if (!at.isConnected) steps.replaceChildren(before, at, after);
    document.documentElement.classList.add("stepping");
    // going to a mark takes the focus away from the link that led there
    used?.focus({ preventScroll: true });
    used = null;
  };
  for (const one of [before, after]) one.addEventListener("click", () => { used = one; });
  count();
  window.addEventListener("hashchange", count);
}

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  if (dialog.open || at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName)) return;
  const results = [...document.querySelectorAll(".result h3 a")];
  const keys = {
    "/": () => { box.focus(); box.select(); },
    s: () => { box.focus(); box.select(); },
    j: () => step(results, 1),
    k: () => step(results, -1),
    n: () => occurrence(1),
    p: () => occurrence(-1),
    "?": help,
  };
  if (!Object.hasOwn(keys, event.key) || (!box && "/s".includes(event.key))) return;
  event.preventDefault();
  keys[event.key]();
});

// an address kept from when the thread was short, or typed: its passage may be on another part
const parts = document.querySelector("[data-parts]");
const anchor = decodeURIComponent(location.hash.slice(1));
if (parts && /^(comment|section)-/.test(anchor) && !document.getElementById(anchor)) {
  const there = new URL(parts.dataset.parts, location.href);
  if (new URL(location.href).searchParams.get("at") !== anchor) {
    there.searchParams.set("at", anchor);
    there.hash = location.hash;
    location.replace(there);
  }
}
