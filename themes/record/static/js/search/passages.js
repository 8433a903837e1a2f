/* Which paragraphs of a cable answer best, and where in them the words stand. The mirror of generator/reftel/search/passages.py. */
(function (reftel) {
  "use strict";

  var MOST = 3, WORST = 0.5;
  var PART = /[^-\u2010\u2011/&.,]+/g;

  /* [{start, end, terms}]: a whole surface where its joined form or only word is wanted, else its parts. `wanted` is a map of terms. */
  function places(text, wanted) {
    var found = [], match, pattern = new RegExp(reftel.words.SURFACE.source, "gu");
    function there(pieces) {
      return [].concat.apply([], pieces.map(function (piece) {
        return piece.words.map(function (word) { return word.term; }).filter(function (term) { return term && wanted.has(term); });
      }));
    }
    while ((match = pattern.exec(text))) {
      var surface = match[0], start = match.index, pieces = reftel.words.analyse(surface), whole = [], count = 0;
      pieces.forEach(function (piece) {
        count += piece.words.length;
        if (piece.joined && piece.joined.term && wanted.has(piece.joined.term)) whole.push(piece.joined.term);
      });
      if (count === 1) whole = whole.concat(there(pieces));
      if (whole.length) {
        var rest = there(pieces).filter(function (term) { return whole.indexOf(term) < 0; });
        found.push({ start: start, end: start + surface.length, terms: whole.concat(rest) });
      } else if (count > 1) {
        surface.replace(PART, function (part, at) {
          var terms = there(reftel.words.analyse(part));
          if (terms.length) found.push({ start: start + at, end: start + at + part.length, terms: terms });
          return part;
        });
      }
    }
    return found;
  }

  function holds(words, phrase) {
    for (var at = 0; at + phrase.length <= words.length; at++) {
      var i = 0;
      while (i < phrase.length && words[at + i] === phrase[i]) i++;
      if (i === phrase.length) return true;
    }
    return false;
  }

  /* The paragraphs [{anchor, text, places}] worth showing, the best first. */
  function best(paragraphs, worth, phrases, most) {
    var everything = 0, rated = [];
    worth.forEach(function (value) { everything += value; });
    paragraphs.forEach(function (paragraph, order) {
      var found = places(paragraph[1], worth), counts = new Map(), value = 0;
      if (!found.length) return;
      found.forEach(function (place) {
        place.terms.forEach(function (term) { counts.set(term, (counts.get(term) || 0) + 1); });
      });
      counts.forEach(function (count, term) { value += 100 * worth.get(term) + Math.min(count, 9); });
      if (phrases.length) {
        var words = reftel.plan.words(paragraph[1]).map(function (word) { return word.form; });
        phrases.forEach(function (phrase) { if (holds(words, phrase)) value += 100 * everything; });
      }
      rated.push({ value: value, order: order, passage: { anchor: paragraph[0], text: paragraph[1], places: found } });
    });
    rated.sort(function (a, b) { return b.value - a.value || a.order - b.order; });
    return rated.slice(0, most || MOST).filter(function (each) {
      return each.value >= rated[0].value * WORST;
    }).map(function (each) { return each.passage; });
  }

  reftel.passages = { best: best, places: places };
})(self.reftel = self.reftel || {});
