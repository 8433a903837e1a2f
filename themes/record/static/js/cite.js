/* On a cable's page: the paragraph or range in the address (#par4, #par4-par6) is marked and filled into the citations; citations can
   be copied and kept as files; a selected text gets a link of its own. Everything is there without it, too. */
(function () {
  "use strict";

  var section = document.querySelector("section.cite");
  if (!section) return;

  var RANGE = /^#(par[\w-]*?)-(par[\w-]+)$/;
  var pins = section.querySelectorAll("[data-pin]");
  var places = section.querySelectorAll(".address");
  Array.prototype.forEach.call(places, function (place) { place.dataset.whole = place.textContent; });

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
    pins.forEach(function (pin) { pin.textContent = found ? ", " + found.words : ""; });
    places.forEach(function (place) { place.textContent = place.dataset.whole + (found ? location.hash : ""); });
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

  section.querySelectorAll("dd").forEach(function (row) {
    if (!row.querySelector(".address")) return;
    row.append(" ", button("Copy", function (made) {
      copy(row.textContent.replace(made.textContent, "").trim(), made);
    }));
  });

  section.querySelectorAll("pre[data-file]").forEach(function (record) {
    record.before(
      button("Copy", function (made) { copy(record.textContent, made); }), " ",
      button("Download", function () {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([record.textContent], { type: record.dataset.type }));
        link.download = record.dataset.file;
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
      })
    );
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
    return (places[0] ? places[0].dataset.whole : location.href.replace(/#.*/, "")) + "#" + paragraph.id + ":~:text=" + fragment;
  }

  var link = button("Copy a link to the selected words", function (made) { copy(selected(), made); });
  link.hidden = true;
  link.className = "copy selection";
  document.body.append(link);
  link.addEventListener("mousedown", function (event) { event.preventDefault(); });
  document.addEventListener("selectionchange", function () { link.hidden = !selected(); });
  addEventListener("hashchange", fill);
  fill();
})();
