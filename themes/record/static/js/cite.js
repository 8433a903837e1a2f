/* On a cable's page: the paragraph or range in the address (#par4, #par4-par6) is marked and filled into the citations; further styles and
   records for reference managers are put beside the one that stands there (citations.js makes them); all can be copied, and records kept as
   files; a selected text gets a link of its own. Without it, the page says how to cite the cable in one style. */
(function (reftel) {
  "use strict";

  var section = document.querySelector("section.cite");
  if (!section) return;

  var RANGE = /^#(par[\w-]*?)-(par[\w-]+)$/;
  var whole = section.querySelector(".address").textContent;

  function number(id) { return id.replace(/^par/, "").replace(/-/g, " "); }

  /* {from, to, id} of the paragraphs that the address names, or null. */
  function chosen() {
    var range = RANGE.exec(location.hash), id = decodeURIComponent(location.hash.slice(1));
    if (range) {
      var from = document.getElementById(range[1]), to = document.getElementById(range[2]);
      return from && to ? { from: from, to: to, words: "¶¶ " + number(range[1]) + "–" + number(range[2]) } : null;
    }
    var one = /^par/.test(id) && document.getElementById(id);
    return one ? { from: one, to: one, words: "¶ " + number(id) } : null;
  }

  function mark(found) {
    document.querySelectorAll(".par.chosen").forEach(function (each) { each.classList.remove("chosen"); });
    for (var each = found && found.from; each; each = each.nextElementSibling) {
      if (each.classList.contains("par")) each.classList.add("chosen");
      if (each === found.to) break;
    }
    if (found && RANGE.test(location.hash)) found.from.scrollIntoView();
  }

  function fill() {
    var found = chosen();
    mark(found);
    section.querySelectorAll(".pin").forEach(function (pin) { pin.textContent = found ? ", " + found.words : ""; });
    section.querySelectorAll(".address").forEach(function (place) { place.textContent = whole + (found ? location.hash : ""); });
  }

  function button(words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = words;
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  function said(made, words) {
    var before = made.dataset.words || (made.dataset.words = made.textContent);
    made.textContent = words;
    setTimeout(function () { made.textContent = before; }, 1500);
  }

  /* Copying works without a server too: where the clipboard is closed to a page from disk, by the old way. */
  function copy(text, made) {
    function old() {
      var field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      var done = document.execCommand("copy");
      field.remove();
      said(made, done ? "Copied" : "Select and copy it");
    }
    if (!navigator.clipboard) return old();
    navigator.clipboard.writeText(text).then(function () { said(made, "Copied"); }, old);
  }

  function put(name, text) {
    var made = document.createElement(name);
    if (text) made.append(text);
    return made;
  }

  function addCopy(row) {
    row.append(" ", button("Copy", function (made) {
      copy(row.textContent.replace(made.textContent, "").trim(), made);
    }));
  }

  /* A style's row: its words with the places for the paragraph and the address. */
  function style(words) {
    var row = put("div"), line = put("dd", words[1]), pin = put("span"), place = put("span", whole);
    pin.className = "pin";
    place.className = "address";
    line.append(pin, words[2], place, words[3]);
    addCopy(line);
    row.append(put("dt", words[0]), line);
    return row;
  }

  function record(words, stem) {
    var fold = put("details"), text = put("pre", words[3]);
    fold.className = "fold export";
    fold.append(put("summary", words[0]), button("Copy", function (made) { copy(words[3], made); }), " ", button("Download", function () {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([words[3]], { type: words[2] }));
      link.download = stem + words[1];
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    }), text);
    return fold;
  }

  function meta(name) {
    var found = document.querySelector('meta[name="' + name + '"]');
    return found ? found.content : "";
  }

  var first = section.querySelector(".address").closest("dd");
  addCopy(first);
  reftel.loadAll(["citations"]).then(function () {
    var of = reftel.citations.work(meta, whole), stem = whole.replace(/^.*\/|\.html$/g, "");
    first.parentElement.after.apply(first.parentElement, reftel.citations.styles(of).map(style));
    reftel.citations.records(of).forEach(function (words) { section.append(record(words, stem)); });
    fill();
  });

  /* The address of what is selected: its paragraph and a text fragment, which any copy of the page understands. */
  function selected() {
    var selection = getSelection(), text = String(selection).replace(/\s+/g, " ").trim();
    if (text.length < 3 || !selection.rangeCount) return "";
    var node = selection.getRangeAt(0).startContainer;
    var paragraph = (node.nodeType === 1 ? node : node.parentElement).closest(".par[id]");
    if (!paragraph) return "";
    var words = text.split(" "), encode = function (part) { return encodeURIComponent(part).replace(/-/g, "%2D"); };
    var fragment = words.length > 12 ? encode(words.slice(0, 5).join(" ")) + "," + encode(words.slice(-5).join(" ")) : encode(text);
    return whole + "#" + paragraph.id + ":~:text=" + fragment;
  }

  var link = button("Copy a link to the selected words", function (made) { copy(selected(), made); });
  link.hidden = true;
  link.className = "copy selection";
  document.body.append(link);
  link.addEventListener("mousedown", function (event) { event.preventDefault(); });
  document.addEventListener("selectionchange", function () { link.hidden = !selected(); });
  addEventListener("hashchange", fill);
  fill();
})(self.reftel = self.reftel || {});
