/* Phrases: documents in which words stand one after the other, stop words included. The mirror of generator/reftel/search/phrases.py. */
(function (reftel) {
  "use strict";

  var BODY_START = 512, PLACES = 4294967296, SUBJECT = 0, BODY = 1;
  var codes = new Map();
  Array.from(reftel.words.stopWords).sort().forEach(function (word, order) { codes.set(word, order + 1); });

  /* The indexed words of a phrase: {form, term, place, before, after, first, last}. */
  function spots(text) {
    var words = reftel.plan.words(text), places = [], found;
    words.forEach(function (word, place) { if (word.term) places.push(place); });
    function coded(start, end) {
      return words.slice(start, end).map(function (word) { return codes.get(word.form); });
    }
    found = places.map(function (place, order) {
      return {
        form: words[place].form, term: words[place].term, place: place,
        before: coded(order ? places[order - 1] + 1 : 0, place),
        after: coded(place + 1, order + 1 < places.length ? places[order + 1] : words.length),
        first: order === 0, last: order + 1 === places.length
      };
    });
    return found;
  }

  function same(codes, wanted, from) {
    for (var i = 0; i < wanted.length; i++) if (codes[from + i] !== wanted[i]) return false;
    return true;
  }

  function fits(tokens, number, spot) {
    var before = tokens.before(number), spare = before.length - spot.before.length;
    if (spare < 0 || (!spot.first && spare) || !same(before, spot.before, spare)) return false;
    return !spot.last || !spot.after.length || same(tokens.after(number), spot.after, 0);
  }

  /* Where the word stands with these stop words around it, less its place: document * PLACES + position + BODY_START. */
  function occurrences(postings, tokens, spot, fields) {
    var form = tokens.forms.indexOf(spot.form), found = [], token = 0;
    if (form < 0) return found;
    var inSubject = fields.indexOf(SUBJECT) >= 0, inBody = fields.indexOf(BODY) >= 0;
    for (var i = 0; i < postings.documents.length; i++) {
      var mask = postings.masks[i] & 3, entry = postings.entries[i], position = 0, size = 0;
      if (mask & 1) size += postings.frequencies[entry++];
      if (mask & 2) size += postings.frequencies[entry];
      for (var end = token + size; token < end; token++) {
        position += tokens.gaps[token];
        if (tokens.form[token] !== form || !(position < BODY_START ? inSubject : inBody) || !fits(tokens, token, spot)) continue;
        found.push(postings.documents[i] * PLACES + position + BODY_START - spot.place);
      }
    }
    return found;
  }

  /* Promise of the set of documents in which the phrase stands, in these fields. */
  function documents(index, text, fields) {
    var wanted = spots(text);
    return Promise.all(wanted.map(function (spot) { return index.pieces(spot.term); })).then(function (loaded) {
      var starts = null;
      wanted.forEach(function (spot, order) {
        if (starts && !starts.size) return;
        var here = [].concat.apply([], loaded[order].map(function (piece) {
          return occurrences(piece.postings, piece.tokens, spot, fields);
        }));
        starts = new Set(starts ? here.filter(function (start) { return starts.has(start); }) : here);
      });
      return new Set(Array.from(starts || []).map(function (start) { return Math.floor(start / PLACES); }));
    });
  }

  reftel.phrases = { spots: spots, documents: documents };
})(self.reftel = self.reftel || {});
