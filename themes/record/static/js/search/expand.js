/* The terms of the index that a word with wildcards or mistakes stands for, in lunr's own order. */
(function (reftel) {
  "use strict";

  var MOST_TERMS = 100;

  function byTerm(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /* The terms that match, in the order in which lunr lists them. Its own index shares nodes wrongly for some terms with digits:
     a plain trie of the candidates does not. */
  function expansionOrder(terms, word, edits) {
    var TokenSet = self.lunr.TokenSet, root = new TokenSet();
    terms.forEach(function (term) {
      var node = root;
      for (var i = 0; i < term.length; i++) node = node.edges[term[i]] = node.edges[term[i]] || new TokenSet();
      node.final = true;
    });
    return root.intersect(edits ? TokenSet.fromFuzzyString(word, edits) : TokenSet.fromString(word)).toArray();
  }

  function termsOf(found) {
    return found.map(function (known) { return known.term; }).sort(byTerm);
  }

  /* The terms that differ in at most so many letters: left out, put in, changed, or two swapped. */
  function closeTo(index, word, edits) {
    var half = (word.length - 1) >> 1;
    var lists = edits > 1 || word.length < 3 ? [index.beginningWith("")]
      : [index.beginningWith(word.slice(0, half)), index.endingWith(word.slice(half + 1))];
    return Promise.all(lists).then(function (found) {
      var candidates = new Map();
      [].concat.apply([], found).forEach(function (known) {
        if (Math.abs(known.term.length - word.length) <= edits) candidates.set(known.term, known);
      });
      var matching = new Set(expansionOrder(Array.from(candidates.keys()).sort(byTerm), word, edits));
      return Array.from(candidates.values()).filter(function (known) { return matching.has(known.term); });
    });
  }

  function matching(index, word) {
    var before = word.slice(0, word.indexOf("*")), after = word.slice(word.lastIndexOf("*") + 1);
    var pattern = new RegExp("^" + word.split("*").map(function (part) { return part.replace(/\./g, "\\."); }).join(".*") + "$", "s");
    return (before.length >= after.length ? index.beginningWith(before) : index.endingWith(after)).then(function (found) {
      return found.filter(function (known) { return pattern.test(known.term); });
    });
  }

  /* Promise of {terms, all}: the terms a word stands for, and how many there would have been without the limit. */
  function expand(index, word, edits) {
    var wild = word.indexOf("*") >= 0;
    if (!edits && !wild) {
      return index.postings(word).then(function (there) { return there ? { terms: [word], all: 1 } : { terms: [], all: 0 }; });
    }
    return (edits ? closeTo(index, word, edits) : matching(index, word)).then(function (found) {
      var kept = found.slice().sort(function (a, b) { return b.common - a.common || byTerm(a.term, b.term); }).slice(0, MOST_TERMS);
      return { terms: expansionOrder(termsOf(kept), word, edits), all: found.length };
    });
  }

  reftel.expand = { expand: expand, closeTo: closeTo, byTerm: byTerm };
})(self.reftel = self.reftel || {});
