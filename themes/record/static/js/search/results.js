/* One hit as the reader sees it: facts, and the paragraphs that answer best, with the words marked. */
(function (reftel) {
  "use strict";

  var AROUND = 160, MOST_TERMS = 30;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* Which stretch of a paragraph to show: the one with the most different terms, from shortly before its first. */
  function stretch(text, places) {
    var best = 0, most = 0;
    places.forEach(function (first, at) {
      var terms = new Set();
      for (var i = at; i < places.length && places[i].end <= first.start + 2 * AROUND; i++) {
        places[i].terms.forEach(function (term) { terms.add(term); });
      }
      if (terms.size > most) {
        most = terms.size;
        best = at;
      }
    });
    var start = Math.max(0, (places.length ? places[best].start : 0) - AROUND / 2);
    if (start > 0) start = Math.max(text.indexOf(" ", start), start) + 1;
    if (places.length && start > places[best].start) start = places[best].start;
    var end = Math.min(text.length, start + 2 * AROUND + 40), blank = text.lastIndexOf(" ", end);
    if (end < text.length && blank > start) end = blank;
    return { start: start, end: end };
  }

  function marked(text, places) {
    var shown = stretch(text, places), at = shown.start, made = element("span", "excerpt", at > 0 ? "… " : "");
    places.forEach(function (place) {
      if (place.start < at || place.end > shown.end) return;
      made.append(text.slice(at, place.start), element("mark", "", text.slice(place.start, place.end)));
      at = place.end;
    });
    made.append(text.slice(at, shown.end) + (shown.end < text.length ? " …" : ""));
    return made;
  }

  /* The way to a cable's page, which marks the terms there (`hl`). */
  function way(root, card, terms, anchor) {
    var wanted = terms.slice(0, MOST_TERMS).join(" ");
    return root + card.address + (wanted ? "?hl=" + encodeURIComponent(wanted) : "") + (anchor ? "#" + anchor : "");
  }

  function passage(root, card, terms, each) {
    var item = element("li"), link = element("a", "passage");
    link.href = way(root, card, terms, each.anchor);
    if (/^par/.test(each.anchor)) link.append(element("span", "passage-number", "¶" + each.anchor.slice(3)), " ");
    link.append(marked(each.text, each.places));
    item.append(link);
    return item;
  }

  /* The item of the list for a card; `worth` maps the terms looked for. */
  function result(root, card, paragraphs, worth, phrases) {
    var item = element("li", "result"), terms = Array.from(worth.keys());
    item.dataset.mrn = card.mrn || card.key;
    var title = element("h2", "result-title"), link = element("a");
    var subject = card.subject || card.mrn || card.key, inSubject = reftel.passages.places(subject, worth), at = 0;
    inSubject.forEach(function (place) {
      link.append(subject.slice(at, place.start), element("mark", "", subject.slice(place.start, place.end)));
      at = place.end;
    });
    link.append(subject.slice(at));
    link.href = way(root, card, terms, "");
    title.append(link);
    var facts = element("p", "result-facts"), date = element(card.date ? "time" : "span", "date", card.date || "undated");
    if (card.date) date.dateTime = card.date;
    facts.append(element("span", "mrn", card.mrn || card.key), " ", date, " ", element("span", "origin", card.origin), " ",
      element("span", "class c-" + card.classSlug, card.classification));
    item.append(title, facts);
    var best = worth.size ? reftel.passages.best(paragraphs, worth, phrases) : [];
    if (best.length) {
      var list = element("ul", "passages");
      best.forEach(function (each) { list.append(passage(root, card, terms, each)); });
      item.append(list);
    }
    return item;
  }

  reftel.results = { element: element, result: result };
})(self.reftel = self.reftel || {});
