/* A built index, opened for questions: every method is a promise, and nothing is loaded before it is asked for. */
(function (reftel) {
  "use strict";

  var packing = reftel.packing;
  var CARD_BITS = 6, VERSION = 3;
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
    this.joined = new Map();
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

  /* Promise of the index itself, with its directory and the numbers of its documents at hand. */
  Index.prototype.open = function () {
    var index = this;
    return Promise.all([this.once("directory", function (bytes) {
      var parts = packing.sections(bytes);
      index.facts = JSON.parse(packing.text(parts[0]));
      if (index.facts.version !== VERSION) throw new Error("the search data are of another version than the page: load it anew");
      index.documents = index.facts.documents;
      index.lists = packing.frontCoded(parts[1]);
      index.beginnings = packing.frontCoded(parts[2]);
      index.endings = packing.frontCoded(parts[3]);
    }), this.once("numbers", function (bytes) {
      var numbers = index.numbers = packing.varints(bytes), before = -1;
      for (var i = 0; i < numbers.length; i++) before = numbers[i] += before + 1;
      index.ranks = new Int32Array(before + 1);
      for (i = 0; i < numbers.length; i++) index.ranks[numbers[i]] = i;
    })]).then(function () { return index; });
  };

  function own(object, name, otherwise) {
    return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : otherwise;
  }

  /* The name of a file of terms that begins with this one; `names` are those that cannot be told from the terms. */
  function fileName(first, names) {
    return own(names, first, first.replace(/\./g, "_"));
  }

  /* Promise of the file names of the shard that would hold a term, or of its parts. */
  Index.prototype.shardNames = function (term) {
    var number = place(this.lists, term);
    if (number < 0) return Promise.resolve([]);
    return this.once("shards/l-" + fileName(this.lists[number], this.facts.names), function (bytes) {
      var parts = packing.sections(bytes);
      return { facts: JSON.parse(packing.text(parts[0])), firsts: packing.frontCoded(parts[1]) };
    }).then(function (list) {
      var first = list.firsts[place(list.firsts, term)], names = [];
      var name = "t-" + fileName(first, list.facts.names), parts = own(list.facts.parts, first, 1);
      for (var part = 0; part < parts; part++) names.push(parts === 1 ? name : name + "~" + part);
      return names;
    });
  };

  Index.prototype.shard = function (name) {
    var ranks = this.ranks;
    return this.once("terms/" + name, function (bytes) { return reftel.shards.readTerms(bytes, ranks); });
  };

  /* The postings of a term, undefined where it is not in the index; the same object each time. */
  Index.prototype.postings = function (term) {
    var joined = this.joined, index = this;
    return this.shardNames(term).then(function (names) {
      return Promise.all(names.map(function (name) { return index.shard(name); }));
    }).then(function (shards) {
      if (!joined.has(term)) {
        var pieces = shards.map(function (terms) { return terms.get(term); }).filter(Boolean);
        joined.set(term, pieces.length > 1 ? reftel.shards.join(pieces) : pieces[0]);
      }
      return joined.get(term);
    });
  };

  /* The parts of a term's postings with where it stands in subjects and texts: [{postings, tokens}]. */
  Index.prototype.pieces = function (term) {
    var index = this;
    return Promise.all([this.postings(term), this.shardNames(term)]).then(function (found) {
      return Promise.all(found[0] ? found[1].map(function (name) {
        return index.shard(name).then(function (terms) {
          return index.once("phrases/" + name, function (bytes) { return reftel.shards.readPhrases(bytes, terms); }).then(function (tokens) {
            return { postings: terms.get(term), tokens: tokens.get(term) };
          });
        });
      }) : []);
    });
  };

  /* The table of a long field's lengths, null for a short field. */
  Index.prototype.lengths = function (field) {
    if (reftel.shards.LONG.indexOf(field) < 0) return Promise.resolve(null);
    return this.once("lengths/" + FIELDS[field], function (bytes) {
      var parts = packing.sections(bytes);
      return packing.varints(parts[0]).map(function (high, at) { return high << 8 | parts[1][at]; });
    });
  };

  /* The number of the first day of each document's month, 0 for undated. */
  Index.prototype.months = function () {
    var index = this;
    if (this.monthsKept) return this.monthsKept;
    this.monthsKept = this.labels("month").then(function (column) {
      var firsts = column.labels.map(reftel.filters.firstDay), months = new Int32Array(index.documents);
      return months.map(function (none, at) { return column.starts[at] < column.starts[at + 1] ? firsts[column.numbers[column.starts[at]]] : 0; });
    });
    this.monthsKept.catch(function () { index.monthsKept = null; });
    return this.monthsKept;
  };

  /* Each document's day number, 0 for undated. Few questions need it. */
  Index.prototype.days = function () {
    return Promise.all([this.months(), this.once("columns/day", function (bytes) { return bytes; })]).then(function (columns) {
      return columns[0].map(function (month, at) { return month && month + columns[1][at] - 1; });
    });
  };

  /* {labels, starts, numbers} of a column: "month", "origin", "class", "post", "tag". */
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

  /* The terms that begin so, in order: [{term, common, shown}]. */
  Index.prototype.beginningWith = function (prefix) {
    var index = this;
    return Promise.all(files(this.beginnings, prefix).map(function (number) {
      return index.once("words/b-" + fileName(index.beginnings[number], index.facts.names), function (bytes) {
        var parts = packing.sections(bytes), common = parts[1], shown = packing.text(parts[2]).split("\n");
        return packing.frontCoded(parts[0]).map(function (term, at) {
          return { term: term, common: common[at], shown: shown[at] || term };
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
      return index.once("words/e-" + fileName(index.endings[number], index.facts.names), function (bytes) {
        var parts = packing.sections(bytes), common = parts[1];
        return packing.frontCoded(parts[0]).map(function (term, at) {
          return { term: backwards(term), common: common[at], shown: "" };
        });
      });
    })).then(function (lists) {
      return [].concat.apply([], lists).filter(function (known) { return known.term.endsWith(suffix); });
    });
  };

  /* The first document whose number is not before this one. */
  Index.prototype.firstFrom = function (number) {
    return place(this.numbers, number - 1) + 1;
  };

  Index.prototype.card = function (document) {
    var block = this.numbers[document] >> CARD_BITS, at = document - this.firstFrom(block << CARD_BITS);
    return this.once("cards/" + block, function (bytes) {
      return JSON.parse(packing.text(bytes));
    }).then(function (rows) {
      var row = rows[at], key = row[0], date = row[4];
      var usual = "cable/" + (date ? date.slice(0, 4) + "/" + date.slice(5, 7) : "undated") + "/" + key + ".html";
      return {
        key: key, mrn: row[1] === null ? key : row[1], address: /\.html$/.test(row[2]) ? row[2] : row[2] + usual, subject: row[3], date: date,
        origin: row[5], classification: row[6], classSlug: row[7]
      };
    });
  };

  /* The paragraphs of a cable: [[anchor, text]]. */
  Index.prototype.text = function (address) {
    var name = "text/" + address.replace(/^.*cable\//, "").replace(/\.html$/, "");
    return this.once(name, function (bytes) { return JSON.parse(packing.text(bytes))[0]; });
  };

  reftel.Index = Index;
  reftel.FIELDS = FIELDS;
})(self.reftel = self.reftel || {});
