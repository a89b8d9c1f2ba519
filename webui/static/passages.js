// What can be done with the passages of an article: quote one, fold the replies, find one elsewhere?
"use strict";
(() => {
  const page = document.querySelector(".reading");
  if (!page) return;
  const say = page.dataset;

  function wanted() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ""; // a per cent sign that somebody cut
    }
  }
  // an address kept from when the thread was short, or typed: its passage may be on another part
  function seek() {
    const anchor = wanted();
    if (!/^(comment|section)-/.test(anchor)) return;
    const here = document.getElementById(anchor);
    if (!say.parts || here || new URL(location.href).searchParams.get("at") === anchor) {
      // a link shared before its comment was taken away
      page.querySelector(".gone").hidden = here !== null;
      return;
    }
    const there = new URL(say.parts, location.href);
    there.searchParams.set("at", anchor);
    there.hash = location.hash;
    location.replace(there);
  }
  seek();
  addEventListener("hashchange", seek);

  // every list of replies, folded or not
  const folds = [...document.querySelectorAll(".replies")];
  const fold = document.querySelector(".fold");
  if (fold) {
    const labels = [fold.textContent, fold.dataset.unfold];
    let folded = false;
    fold.addEventListener("click", () => {
      folded = !folded;
      for (const replies of folds) replies.open = !folded;
      fold.textContent = labels[Number(folded)];
    });
  }
  // paper has no way to unfold them
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folds.filter((replies) => !replies.open);
    for (const replies of closed) replies.open = true;
  });
  addEventListener("afterprint", () => { for (const replies of closed) replies.open = false; });

  // « text » / author, date, what it is about / where it was published / where it is here
  function quotation(passage) {
    const words = (paragraph) => {
      const copy = paragraph.cloneNode(true);
      for (const turns of copy.querySelectorAll(".turns")) turns.remove();
      return copy.textContent.trim();
    };
    const own = passage.matches("li") ? passage.querySelector(".comment") : passage;
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const chosen = range && own.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
    const text = chosen || [...own.querySelectorAll(":scope > p:not(.context, .void)")].map(words).join("\n");
    const header = passage.matches("li") ? own : document.querySelector(".text > header");
    const author = header.querySelector("h3 bdi, .authors")?.textContent ?? "";
    const date = header.querySelector("time")?.textContent ?? "";
    const title = document.querySelector("h1").cloneNode(true);
    for (const turns of title.querySelectorAll(".turns")) turns.remove();
    const about = passage.matches("li") ? say.of : `${say.open}${title.textContent}${say.shut}`;
    const source = passage.querySelector(":scope > article .source")?.href ?? document.querySelector(".text .source")?.href;
    const here = new URL(say.link, location.href);
    if (here.searchParams.has("at")) here.searchParams.set("at", passage.id);
    here.hash = passage.id;
    return [
      `${say.open}${text}${say.shut}`,
      [author, date, about].filter(Boolean).join(", "),
      source?.split(":~:")[0].replace(/#$/, ""),
      here.href,
    ].filter(Boolean).join("\n");
  }

  // where there is no clipboard to write to (a page without https), the text is there to be copied
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "heard";
      document.body.append(field);
      field.select();
      let copied = false;
      try { copied = document.execCommand("copy"); } catch { /* shown below */ }
      field.remove();
      return copied;
    }
  }
  function byHand(text) {
    const dialog = document.createElement("dialog");
    dialog.className = "by-hand";
    const title = document.createElement("h2");
    title.textContent = say.byHand;
    title.id = "by-hand";
    dialog.setAttribute("aria-labelledby", title.id);
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.rows = 8;
    field.setAttribute("aria-labelledby", title.id);
    const form = document.createElement("form");
    form.method = "dialog";
    const close = document.createElement("button");
    close.textContent = say.close;
    form.append(close);
    dialog.append(title, field, form);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    field.select();
  }

  const status = document.createElement("p");
  status.className = "heard";
  status.setAttribute("role", "status");
  document.body.append(status);
  function button(passage) {
    const quoter = document.createElement("button");
    quoter.type = "button";
    quoter.className = "quote";
    quoter.textContent = say.quote;
    const name = passage.querySelector("h3, h2")?.firstChild?.textContent?.trim();
    if (name) quoter.setAttribute("aria-label", `${say.quote} ${name}`);
    // a click would take the selection away before it is read
    quoter.addEventListener("mousedown", (event) => event.preventDefault());
    quoter.addEventListener("click", async () => {
      const text = quotation(passage);
      if (!(await copy(text))) return byHand(text);
      quoter.textContent = say.quoted;
      status.textContent = say.quoted;
      setTimeout(() => { quoter.textContent = say.quote; status.textContent = ""; }, 2000);
      quoter.focus();
    });
    return quoter;
  }
  for (const comment of document.querySelectorAll(".thread li[id]")) {
    if (comment.querySelector(":scope > .comment > .words")) comment.querySelector(".facts").append(button(comment));
  }
  for (const section of document.querySelectorAll(".text > section[id]")) {
    if (section.querySelector(":scope > p")) section.append(button(section));
  }
})();
