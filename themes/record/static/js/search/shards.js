/* Reads term shards and phrase shards; their sections are described in generator/reftel/search/shards.py. */
(function (reftel) {
  "use strict";

  var packing = reftel.packing;
  var LONG = [1]; // body: its lengths stand in a table
  var BITS = new Uint8Array(256);
  for (var mask = 1; mask < 256; mask++) BITS[mask] = BITS[mask >> 1] + (mask & 1);
  var LONG_MASK = LONG.reduce(function (sum, field) { return sum | 1 << field; }, 0);
  var READ_MASK = 3; // subject and body: read for phrases

  /* Map of term to {term, documents, masks, entries, frequencies, lengths, tokens}; `entries` says where a posting's
     entries (one for each field of its mask) begin, `tokens` how many tokens the term has. `ranks` says how documents are counted whose
     numbers the files know. */
  function readTerms(bytes, ranks) {
    var parts = packing.sections(bytes);
    var words = packing.frontCoded(parts[0]), counts = packing.varints(parts[1]), gaps = packing.varints(parts[2]), masks = parts[3];
    var frequencies = packing.varints(parts[4]), short = packing.varints(parts[5]);
    var lengths = new Int32Array(frequencies.length), found = new Map();
    var posting = 0, entry = 0, shortAt = 0;
    words.forEach(function (word, number) {
      var count = counts[number], firstEntry = entry, tokens = 0;
      var documents = new Int32Array(count), entries = new Int32Array(count + 1), before = -1;
      for (var i = 0; i < count; i++) {
        var fields = masks[posting + i];
        before += gaps[posting + i] + 1;
        documents[i] = ranks[before];
        entries[i] = entry - firstEntry;
        for (var field = 0; fields >> field; field++) {
          if (!(fields >> field & 1)) continue;
          frequencies[entry] += 1;
          if (READ_MASK >> field & 1) tokens += frequencies[entry];
          lengths[entry] = LONG_MASK >> field & 1 ? -1 : short[shortAt++];
          entry++;
        }
      }
      entries[count] = entry - firstEntry;
      found.set(word, {
        term: word, documents: documents, masks: masks.subarray(posting, posting + count), entries: entries,
        frequencies: frequencies.subarray(firstEntry, entry), lengths: lengths.subarray(firstEntry, entry), tokens: tokens
      });
      posting += count;
    });
    return found;
  }

  function concatenated(pieces, name, kind) {
    var whole = new kind(pieces.reduce(function (sum, piece) { return sum + piece[name].length; }, 0)), at = 0;
    pieces.forEach(function (piece) {
      whole.set(piece[name], at);
      at += piece[name].length;
    });
    return whole;
  }

  /* The parts of a term's postings as one. */
  function join(pieces) {
    var count = pieces.reduce(function (sum, piece) { return sum + piece.documents.length; }, 0), entries = new Int32Array(count + 1);
    var at = 0, before = 0;
    pieces.forEach(function (piece) {
      for (var i = 0; i < piece.documents.length; i++) entries[at++] = before + piece.entries[i];
      before += piece.frequencies.length;
    });
    entries[count] = before;
    return {
      term: pieces[0].term, documents: concatenated(pieces, "documents", Int32Array), masks: concatenated(pieces, "masks", Uint8Array),
      entries: entries, frequencies: concatenated(pieces, "frequencies", Int32Array), lengths: concatenated(pieces, "lengths", Int32Array),
      tokens: pieces.reduce(function (sum, piece) { return sum + piece.tokens; }, 0)
    };
  }

  /* Where each run ended by 0 begins, and the end of the last. */
  function runs(bytes) {
    var found = [0];
    for (var i = 0; i < bytes.length; i++) if (bytes[i] === 0) found.push(i + 1);
    return found;
  }

  /* Map of term to {forms, gaps, form, before, after}: for each token its gap, form and (as functions of its number) the codes around it. */
  function readPhrases(bytes, terms) {
    var parts = packing.sections(bytes);
    var counts = packing.varints(parts[0]), words = packing.text(parts[1]).split("\n"), gaps = packing.varints(parts[2]);
    var forms = packing.varints(parts[3]), before = runs(parts[4]), after = runs(parts[5]);
    var found = new Map(), at = 0, formAt = 0, wordAt = 0, number = 0;
    function codes(bytes, bounds, first) {
      return function (token) { return bytes.subarray(bounds[first + token], bounds[first + token + 1] - 1); };
    }
    terms.forEach(function (postings, term) {
      var count = counts[number++], several = count > 1 ? postings.tokens : 0;
      found.set(term, {
        forms: words.slice(wordAt, wordAt + count),
        gaps: gaps.subarray(at, at + postings.tokens),
        form: several ? forms.subarray(formAt, formAt + several) : new Int32Array(postings.tokens),
        before: codes(parts[4], before, at),
        after: codes(parts[5], after, at)
      });
      at += postings.tokens;
      formAt += several;
      wordAt += count;
    });
    return found;
  }

  reftel.shards = { LONG: LONG, BITS: BITS, readTerms: readTerms, join: join, readPhrases: readPhrases };
})(self.reftel = self.reftel || {});
