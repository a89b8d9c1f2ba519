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

for (const control of document.querySelectorAll(".scripted")) control.hidden = false;

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
  const at = list.findIndex((element) => element === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
  list[next].focus();
  list[next].scrollIntoView({ block: "center" });
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
    n: () => document.dispatchEvent(new CustomEvent("glose-hit", { detail: 1 })),
    p: () => document.dispatchEvent(new CustomEvent("glose-hit", { detail: -1 })),
    "?": help,
  };
  if (!Object.hasOwn(keys, event.key) || (!box && "/s".includes(event.key))) return;
  event.preventDefault();
  keys[event.key]();
});

// paper says when it was printed, which a page kept for a while does not know
addEventListener("beforeprint", () => {
  for (const line of document.querySelectorAll(".printed")) {
    const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    line.firstElementChild.textContent = line.dataset.printed.replace("@", day);
  }
});
