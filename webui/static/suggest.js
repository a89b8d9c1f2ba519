// What is offered while one types? (a combobox, as the ARIA practices describe it)
//
// Nothing is chosen until an arrow goes to it, so Enter submits what is typed. A word put in
// the box by an arrow is then what is typed; Escape gives back what was. A title leads to its
// article, a passage to itself. Typing on gives up what was being asked.
"use strict";

for (const box of document.querySelectorAll("input[data-complete]")) complete(box);

// marks count code points; a string counts halves of them
function marked(text, marks) {
  const letters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [start, end] of marks) {
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(start, end).join("");
    pieces.push(letters.slice(at, start).join(""), mark);
    at = end;
  }
  return [...pieces, letters.slice(at).join("")];
}

function complete(box) {
  const list = document.getElementById(box.dataset.list);
  const status = document.getElementById(box.dataset.status);
  const labels = { words: list.dataset.words, titles: list.dataset.titles, commenters: list.dataset.commenters, values: list.dataset.values, passages: list.dataset.passages };
  let typed = box.value;
  let options = [];
  let at = -1;
  let waiting = 0;
  let asking = null;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  function close() {
    list.hidden = true;
    list.replaceChildren();
    options = [];
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function stop() {
    clearTimeout(waiting);
    asking?.abort();
  }

  function go(to) {
    if (!options.length) return;
    // an answer that comes late does not take the list away from who walks it
    stop();
    if (at >= 0) options[at].setAttribute("aria-selected", "false");
    at = to < -1 ? options.length - 1 : to >= options.length ? -1 : to;
    if (at < 0) {
      box.value = typed;
      box.removeAttribute("aria-activedescendant");
      return;
    }
    const option = options[at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
    box.value = option.dataset.question ?? typed;
  }

  function take(option) {
    if (option.dataset.question === undefined) {
      location.assign(option.dataset.url);
      return;
    }
    box.value = option.dataset.question;
    close();
    box.form.requestSubmit();
  }

  function group(name, offers) {
    const section = document.createElement("div");
    const title = document.createElement("p");
    section.setAttribute("role", "group");
    title.textContent = labels[name];
    title.id = `${list.id}-${name}`;
    title.setAttribute("role", "presentation");
    section.setAttribute("aria-labelledby", title.id);
    section.append(title);
    for (const offer of offers) {
      const option = document.createElement("div");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.id = `${list.id}-${options.length}`;
      option.append(...marked(offer.text, offer.marks ?? []));
      if (offer.of) {
        const of = document.createElement("small");
        of.textContent = offer.of;
        option.append(" ", of);
        option.className = "passage-offer";
      }
      if (name === "titles" || name === "passages") option.dataset.url = offer.url;
      else option.dataset.question = offer.question ?? offer.text;
      option.dir = "auto";
      option.addEventListener("click", () => take(option));
      options.push(option);
      section.append(option);
    }
    return section;
  }

  function show(answer) {
    close();
    for (const name of ["words", "titles", "commenters", "values", "passages"]) {
      if (answer[name].length) list.append(group(name, answer[name]));
    }
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length ? status.dataset.some.replace("0", options.length) : status.dataset.none;
  }

  async function ask() {
    stop();
    const mine = (asking = new AbortController());
    try {
      const address = `${box.dataset.complete}?q=${encodeURIComponent(typed)}`;
      const response = await fetch(address, { signal: mine.signal });
      if (!response.ok) return;
      const answer = await response.json();
      if (answer.typed === typed && document.activeElement === box) show(answer);
    } catch {
      // no suggestion is no failure
    }
  }

  box.addEventListener("input", () => {
    typed = box.value;
    stop();
    if (typed.trim().length < 2) close();
    else waiting = setTimeout(ask, 40);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && options.length) go(at + 1);
    else if (event.key === "ArrowUp" && options.length) go(at - 1);
    else if (event.key === "Escape" && options.length) {
      box.value = typed;
      close();
    } else if (event.key === "Enter" && at >= 0 && options[at].dataset.question === undefined) take(options[at]);
    else {
      if (event.key === "Enter") stop();
      return;
    }
    event.preventDefault();
  });
  // a click in the list must not take the focus from the box, or the list would close first
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", () => {
    stop();
    close();
  });
}
