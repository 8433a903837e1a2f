/* lunr's results from the weights of the query's own terms, to the last bit: the mirror of generator/reftel/search/score.py, which explains it. */
(function (reftel) {
  "use strict";

  var K1 = 1.2, B = 0.75;

  /* lunr's idf: fields count as documents of their own. */
  function inverseFrequency(index, postings) {
    var count = postings.frequencies.length;
    return Math.log(1 + Math.abs((index.documents - count + 0.5) / (count + 0.5)));
  }

  /* Where a term is seen first, among terms that lunr is given sorted: lunr numbers its terms in this order. */
  function bySeen(a, b) {
    return a.documents[0] - b.documents[0] || lowest(a.masks[0]) - lowest(b.masks[0]) || (a.term < b.term ? -1 : 1);
  }

  function lowest(mask) {
    return mask & -mask;
  }

  /* Calls `use(document, entry)` for each document in which the term stands in a field. */
  function eachIn(postings, field, use) {
    var bit = 1 << field, BITS = reftel.shards.BITS;
    for (var i = 0; i < postings.documents.length; i++) {
      var mask = postings.masks[i];
      if (mask & bit) use(postings.documents[i], postings.entries[i] + BITS[mask & (bit - 1)]);
    }
  }

  /* The dot product of a field's query with each document, over the query's length. `query` maps postings to boosts. */
  function similarity(index, field, query, lengths) {
    var name = reftel.FIELDS[field], average = index.facts.totals[name] / index.documents, fieldBoost = index.facts.fields[name];
    var similar = new Float64Array(index.documents), squares = 0;
    Array.from(query.keys()).sort(bySeen).forEach(function (postings) {
      var boost = query.get(postings), idf = inverseFrequency(index, postings);
      squares += boost * boost;
      eachIn(postings, field, function (document, entry) {
        var frequency = postings.frequencies[entry], length = lengths ? lengths[document] : postings.lengths[entry];
        var weight = idf * ((K1 + 1) * frequency) / (K1 * (1 - B + B * (length / average)) + frequency);
        similar[document] += boost * (Math.round(weight * fieldBoost * 1000) / 1000);
      });
    });
    var magnitude = Math.sqrt(squares);
    if (magnitude) for (var i = 0; i < similar.length; i++) if (similar[i]) similar[i] /= magnitude;
    return similar;
  }

  function all(index, prohibited) {
    var found = [];
    for (var i = 0; i < index.documents; i++) if (!prohibited || !prohibited[i]) found.push(i);
    return { documents: found, scores: new Float64Array(index.documents) };
  }

  /* Promise of {documents, the best first; scores, by document}. A clause: {terms: [postings], fields, boost, presence}. */
  function score(index, clauses) {
    var count = index.documents, query = new Map(), steps = [], seen = new Map(), required = null, prohibited = null;

    function add(clause, matches, postings, field) {
      var first = null, boosts;
      if (clause.presence !== "prohibited") {
        boosts = query.get(field) || new Map();
        query.set(field, boosts);
        if (!boosts.has(postings)) {
          first = seen.get(field) || new Uint8Array(count);
          seen.set(field, first);
        }
        boosts.set(postings, (boosts.get(postings) || 0) + clause.boost);
      }
      var met = [];
      eachIn(postings, field, function (document) {
        if (matches) matches[document] = 1;
        if (first && !first[document]) {
          first[document] = 1;
          met.push(document);
        }
      });
      if (met.length) steps.push({ field: field, documents: met });
    }

    clauses.forEach(function (clause) {
      var matches = clause.presence === "optional" ? null : new Uint8Array(count);
      if (clause.presence === "prohibited") matches = prohibited = prohibited || matches;
      clause.terms.forEach(function (postings) {
        clause.fields.forEach(function (field) { add(clause, matches, postings, field); });
      });
      if (clause.presence !== "required") return;
      if (required) for (var i = 0; i < count; i++) matches[i] = matches[i] & required[i];
      required = matches;
    });
    if (clauses.every(function (clause) { return clause.presence === "prohibited"; })) return Promise.resolve(all(index, prohibited));

    var fields = Array.from(query.keys());
    return Promise.all(fields.map(function (field) { return index.lengths(field); })).then(function (lengths) {
      var similar = new Map(), scores = new Float64Array(count), met = new Uint8Array(count), documents = [];
      fields.forEach(function (field, at) { similar.set(field, similarity(index, field, query.get(field), lengths[at])); });
      steps.forEach(function (step) {
        var ofField = similar.get(step.field);
        step.documents.forEach(function (document) {
          scores[document] += ofField[document];
          if (met[document]) return;
          met[document] = 1;
          if ((!required || required[document]) && !(prohibited && prohibited[document])) documents.push(document);
        });
      });
      documents.sort(function (a, b) { return scores[b] - scores[a]; });
      return { documents: documents, scores: scores };
    });
  }

  reftel.score = { score: score, inverseFrequency: inverseFrequency };
})(self.reftel = self.reftel || {});
