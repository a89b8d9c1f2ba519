// How does another site search here without leaving its own page?
//
//   <form data-glose action="https://recherche.exemple.fr/search">
//     <label>Chercher <input type="search" name="q"></label> <button>Chercher</button>
//   </form>
//   <script src="https://recherche.exemple.fr/static/embed.js" defer></script>
//
// Without this script the form leads to the page of results; with it they come below the
// form, or in the element that data-glose="#here" names. Every value is set as text; nothing
// is styled: see the class names. Any field of the form is a parameter of /search.json.
"use strict";
(() => {
  const FRENCH = !document.documentElement.lang || document.documentElement.lang.startsWith("fr");
  const SAY = FRENCH
    ? {
        wait: "Recherche…",
        none: "Aucun résultat",
        totals: (n, m) => `${n} ${n < 2 ? "article" : "articles"}, ${m} ${m < 2 ? "passage" : "passages"}`,
        comment: ["Commentaire de ", "Commentaire", "Commentaire d’"],
        lead: "Chapô",
        title: "Titre",
        section: "Section",
        all: "Voir tous les résultats",
        failed: "La recherche n’a pas abouti.",
      }
    : {
        wait: "Searching…",
        none: "No result",
        totals: (n, m) => `${n} ${n === 1 ? "article" : "articles"}, ${m} ${m === 1 ? "passage" : "passages"}`,
        comment: ["Comment by ", "Comment", "Comment by "],
        lead: "Standfirst",
        title: "Title",
        section: "Section",
        all: "See all results",
        failed: "The search failed.",
      };

  function make(name, kind, ...inside) {
    const element = document.createElement(name);
    if (kind) element.className = `glose-${kind}`;
    element.append(...inside);
    return element;
  }
  // what people wrote goes in its own direction
  function prose(tag, kind, ...inside) {
    const element = make(tag, kind, ...inside);
    element.dir = "auto";
    return element;
  }
  function link(text, address, base) {
    const anchor = make("a", "", text);
    const target = new URL(address, base);
    if (["http:", "https:"].includes(target.protocol)) anchor.href = target.href;
    return anchor;
  }
  // marks count code points; a string counts halves of them
  function marked(text, marks) {
    const letters = Array.from(text);
    const pieces = [];
    let at = 0;
    for (const [start, end] of marks) {
      pieces.push(letters.slice(at, start).join(""), make("mark", "", letters.slice(start, end).join("")));
      at = end;
    }
    return [...pieces, letters.slice(at).join("")];
  }
  // a name in its own direction, whatever is written around it
  function kind(passage) {
    if (passage.kind !== "comment") return [passage.heading || SAY.section];
    if (!passage.author) return [SAY.comment[1]];
    const name = document.createElement("bdi");
    name.textContent = passage.author;
    const vowel = "aeiouœæ".includes(passage.author.normalize("NFD")[0].toLowerCase());
    return [SAY.comment[vowel ? 2 : 0], name];
  }
  function passage(hit, group, base) {
    // the head of an article that answers by its title alone is shown as that title
    const marks = hit.heading_marks.length ? hit.heading_marks : group.title_marks;
    const own = hit.snippets.some((snippet) => snippet.marks.length);
    const title = hit.kind === "lead" && !own && (marks.length > 0 || !hit.snippets.length);
    const label = hit.kind === "lead" ? [title ? SAY.title : SAY.lead] : kind(hit);
    const shown = title ? [{ text: group.article.title, marks }] : hit.snippets;
    const to = link("", hit.url, base);
    to.append(...label);
    const snippets = shown.map((snippet) =>
      prose("blockquote", "snippet", snippet.starts_inside ? "… " : "", ...marked(snippet.text, snippet.marks),
        snippet.ends_inside ? " …" : ""));
    return make("li", `passage glose-${hit.kind}`, to, ...snippets);
  }
  function result(group, base) {
    const title = prose("h3", "title");
    const to = link("", group.url, base);
    to.append(...marked(group.article.title, group.title_marks));
    title.append(to);
    return make("li", "result", title, make("ul", "passages", ...group.passages.map((hit) => passage(hit, group, base))));
  }

  function set(form) {
    const place = (form.dataset.glose && document.querySelector(form.dataset.glose)) || make("div", "answer");
    if (!place.isConnected) form.after(place);
    const status = make("p", "status");
    status.setAttribute("role", "status");
    const list = make("ol", "results");
    const rest = make("p", "all");
    place.append(status, list, rest);
    let asking = null;

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      asking?.abort();
      const mine = (asking = new AbortController());
      const page = new URL(form.action);
      page.search = new URLSearchParams(new FormData(form)).toString();
      status.textContent = SAY.wait;
      list.replaceChildren();
      rest.replaceChildren();
      try {
        const answer = await fetch(`${page.origin}${page.pathname}.json${page.search}`, { signal: mine.signal });
        const results = await answer.json();
        if (mine.signal.aborted) return;
        if (!answer.ok) throw new Error(results.detail);
        const { articles, passages } = results.totals;
        status.textContent = passages ? SAY.totals(articles, passages) : SAY.none;
        list.append(...results.results.map((group) => result(group, page)));
        rest.append(link(SAY.all, page.href, page));
      } catch (error) {
        if (mine.signal.aborted) return;
        status.textContent = SAY.failed;
        rest.append(link(SAY.all, page.href, page));
      }
    });
  }
  for (const form of document.querySelectorAll("form[data-glose]")) set(form);
})();
