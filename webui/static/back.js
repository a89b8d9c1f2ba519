// Which results does one go back to from an article?
//
// Their filters, order and page are in their address only, so the link of the server knows the
// question alone. From part to part of a thread, the tab remembers the address.
"use strict";
(() => {
  const back = document.getElementById("back");
  if (!back) return;
  const KEY = "glose-results";
  const plain = new URL(back.href);
  function same(address) {
    const url = new URL(address);
    return url.origin === plain.origin && url.pathname === plain.pathname
      && url.searchParams.get("q") === plain.searchParams.get("q");
  }
  let stored = "";
  try { stored = sessionStorage.getItem(KEY) ?? ""; } catch { /* private browsing: this page only */ }
  const results = [document.referrer, stored].find((address) => address && same(address));
  if (!results) return;
  back.href = results;
  try { sessionStorage.setItem(KEY, results); } catch { /* the same */ }
})();
