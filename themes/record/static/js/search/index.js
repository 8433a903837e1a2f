/* A built index, opened for questions: every method is a promise, and nothing is loaded before it is asked for. */
(function (reftel) {
  "use strict";

  var packing = reftel.packing;
  var CARDS_IN_FILE = 16;
  var FIELDS = ["subject", "body", "summary", "mrn", "tags", "origin", "signature", "refs"];

  /* The last of sorted words that is not after the word; -1 where it stands before all. */
  function place(firsts, word) {
    var low = 0, high = firsts.length;
    while (low < high) {
      var middle = low + high >> 1;
      if (firsts[middle] <= word) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function backwards(word) {
    return word.split("").reverse().join("");
  }

  /* `read(name)` is a promise of the payload of that name, base64. */
  function Index(read) {
    this.read = read;
    this.kept = new Map();
  }

  /* What `make` makes of the payload of this name, made once. */
  Index.prototype.once = function (name, make) {
    var kept = this.kept;
    if (!kept.has(name)) {
      var promise = this.read(name).then(packing.unpack).then(make);
      promise.catch(function () { kept.delete(name); });
      kept.set(name, promise);
    }
    return kept.get(name);
  };

  Index.prototype.open = function () {
    var index = this;
    return this.once("directory", function (bytes) {
      var parts = packing.sections(bytes);
      index.facts = JSON.parse(packing.text(parts[0]));
      index.documents = index.facts.documents;
      index.firsts = packing.frontCoded(parts[1]);
      index.beginnings = packing.frontCoded(parts[2]);
      index.endings = packing.frontCoded(parts[3]);
      return index;
    });
  };

  Index.prototype.shardName = function (number) {
    var first = this.firsts[number], plain = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex
    if (plain.test(first)) return "t-" + first.replace(/\./g, "_");
    return this.facts.names[this.firsts.slice(0, number).filter(function (word) { return !plain.test(word); }).length];
  };

  Index.prototype.shard = function (number) {
    return this.once("terms/" + this.shardName(number), reftel.shards.readTerms);
  };

  /* The postings of a term, undefined where it is not in the index. */
  Index.prototype.postings = function (term) {
    var number = place(this.firsts, term);
    if (number < 0) return Promise.resolve(undefined);
    return this.shard(number).then(function (terms) { return terms.get(term); });
  };

  /* Where a term stands in subjects and texts. */
  Index.prototype.tokens = function (term) {
    var number = place(this.firsts, term), index = this;
    if (number < 0) return Promise.resolve(undefined);
    return this.shard(number).then(function (terms) {
      return index.once("phrases/" + index.shardName(number), function (bytes) { return reftel.shards.readPhrases(bytes, terms); });
    }).then(function (tokens) { return tokens.get(term); });
  };

  /* The table of a long field's lengths, null for a short field. */
  Index.prototype.lengths = function (field) {
    if (reftel.shards.LONG.indexOf(field) < 0) return Promise.resolve(null);
    return this.once("lengths/" + FIELDS[field], packing.varints);
  };

  Index.prototype.days = function () {
    return this.once("columns/date", function (bytes) {
      var steps = packing.varints(bytes), day = 0;
      return steps.map(function (step) { return (day += step & 1 ? -(step + 1) / 2 : step / 2); });
    });
  };

  /* {labels, starts, numbers} of a column: "origin", "class", "post", "tag". */
  Index.prototype.labels = function (name) {
    return this.once("columns/" + name, function (bytes) {
      var parts = packing.sections(bytes);
      return {
        labels: JSON.parse(packing.text(parts[0])), starts: packing.starts(packing.varints(parts[1])), numbers: packing.varints(parts[2])
      };
    });
  };

  function files(firsts, prefix) {
    var found = [];
    for (var number = Math.max(0, place(firsts, prefix)); number < firsts.length; number++) {
      if (firsts[number] > prefix && firsts[number].indexOf(prefix) !== 0) break;
      found.push(number);
    }
    return found;
  }

  /* The terms that begin so, in order: [{term, documents, shown}]. */
  Index.prototype.beginningWith = function (prefix) {
    var index = this;
    return Promise.all(files(this.beginnings, prefix).map(function (number) {
      return index.once("words/b" + number, function (bytes) {
        var parts = packing.sections(bytes), counts = packing.varints(parts[1]), shown = packing.text(parts[2]).split("\n");
        return packing.frontCoded(parts[0]).map(function (term, at) {
          return { term: term, documents: counts[at], shown: shown[at] || term };
        });
      });
    })).then(function (lists) {
      return [].concat.apply([], lists).filter(function (known) { return known.term.indexOf(prefix) === 0; });
    });
  };

  /* The terms that end so, in the order of their reversals. */
  Index.prototype.endingWith = function (suffix) {
    var index = this;
    return Promise.all(files(this.endings, backwards(suffix)).map(function (number) {
      return index.once("words/e" + number, function (bytes) {
        var parts = packing.sections(bytes), counts = packing.varints(parts[1]);
        return packing.frontCoded(parts[0]).map(function (term, at) {
          return { term: backwards(term), documents: counts[at], shown: "" };
        });
      });
    })).then(function (lists) {
      return [].concat.apply([], lists).filter(function (known) { return known.term.endsWith(suffix); });
    });
  };

  Index.prototype.card = function (document) {
    return this.once("cards/" + Math.floor(document / CARDS_IN_FILE), function (bytes) {
      return JSON.parse(packing.text(bytes));
    }).then(function (rows) {
      var row = rows[document % CARDS_IN_FILE], key = row[0], date = row[4];
      var usual = "cable/" + (date ? date.slice(0, 4) + "/" + date.slice(5, 7) : "undated") + "/" + key + ".html";
      return {
        key: key, mrn: row[1] === null ? key : row[1], address: row[2] || usual, subject: row[3], date: date,
        origin: row[5], classification: row[6], classSlug: row[7]
      };
    });
  };

  /* The paragraphs of a cable: [[anchor, text]]. */
  Index.prototype.text = function (address) {
    var name = "text/" + address.replace(/^cable\//, "").replace(/\.html$/, "");
    return this.once(name, function (bytes) { return JSON.parse(packing.text(bytes)); });
  };

  reftel.Index = Index;
  reftel.FIELDS = FIELDS;
})(self.reftel = self.reftel || {});
