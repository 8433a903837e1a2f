/* On a cable's page: the words of a search (?hl= in the address) are marked and can be stepped through. Without ?hl= nothing is loaded. */
(function (reftel) {
  "use strict";

  var wanted = (new URLSearchParams(location.search).get("hl") || "").split(" ").filter(Boolean);
  if (!wanted.length) return;

  /* Marks the words in one text node. */
  function mark(node, terms) {
    var text = node.nodeValue, places = reftel.passages.places(text, terms), at = 0, made = document.createDocumentFragment();
    if (!places.length) return;
    places.forEach(function (place) {
      var marked = document.createElement("mark");
      marked.textContent = text.slice(place.start, place.end);
      made.append(text.slice(at, place.start), marked);
      at = place.end;
    });
    made.append(text.slice(at));
    node.replaceWith(made);
  }

  function markAll(place, terms) {
    var walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.forEach(function (node) {
      if (!node.parentElement.closest("svg, script, style, details:not([open])")) mark(node, terms);
    });
    return Array.from(place.querySelectorAll("mark"));
  }

  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  /* The stepper: which of the marks is the current one, and to the next and the one before. */
  function finder(marks) {
    var box = document.createElement("div"), count = document.createElement("span"), at = -1;
    function go(step) {
      if (at >= 0) marks[at].classList.remove("current");
      at = (at + step + marks.length) % marks.length;
      marks[at].classList.add("current");
      marks[at].scrollIntoView({ block: "center" });
      count.textContent = (at + 1) + " of " + marks.length;
    }
    box.className = "finder";
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Searched words");
    count.setAttribute("role", "status");
    count.textContent = marks.length + (marks.length === 1 ? " place" : " places");
    box.append(count, button("Previous", function () { go(at < 0 ? 0 : -1); }), button("Next", function () { go(1); }), button("Unmark", function () {
      marks.forEach(function (each) { each.replaceWith(each.textContent); });
      box.remove();
    }));
    document.body.append(box);
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var first = target ? marks.findIndex(function (each) {
      return target.contains(each) || target.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    }) : 0;
    at = Math.max(first, 0) - 1;
  }

  reftel.loadAll(["lunr.min", "search/words", "search/passages"]).then(function () {
    var marks = markAll(document.querySelector("main"), new Map(wanted.map(function (term) { return [term, 1]; })));
    if (marks.length) finder(marks);
  }).catch(function () { /* the page is whole without marks */ });
})(self.reftel = self.reftel || {});
