/* Rewrites a query for the index: words become groups of alternatives. The mirror of generator/reftel/search/plan.py, which explains it. */
(function (reftel) {
  "use strict";

  var PLAIN = /^[a-z]{4,}$/, LETTERS = /^[a-z]+$/, DIGITS = /^[0-9]+$/, YEAR = /(?<![\p{L}\p{N}_])[0-9]{2}(?![\p{L}\p{N}_])/u;
  var ENDINGS = ["", "e", "y", "al", "ing", "ion", "ive", "ment"];
  var GLUE = /[^\p{L}\p{N}.*]/gu;

  function pieces(text) {
    return [].concat.apply([], reftel.words.surfaces(text).map(reftel.words.analyse));
  }

  /* The words [{form, term}] of a text, stop words included. */
  function words(text) {
    return [].concat.apply([], pieces(text).map(function (piece) { return piece.words; }));
  }

  function sought(term, edits) {
    return { term: term, edits: edits || 0 };
  }

  function presence(item, anyWord) {
    if (item.sign === "-") return "prohibited";
    return anyWord && item.sign === "" ? "optional" : "required";
  }

  function fields(item) {
    return item.name ? [reftel.FIELDS.indexOf(item.name)] : reftel.FIELDS.map(function (name, number) { return number; });
  }

  function base(item, anyWord, text) {
    return { presence: presence(item, anyWord), fields: fields(item), boost: item.boost, start: item.start, end: item.end, text: text };
  }

  function group(item, anyWord, alternatives, text) {
    return Object.assign(base(item, anyWord, text), { alternatives: alternatives });
  }

  function phrase(item, anyWord, plan) {
    var found = words(item.text);
    if (!found.length) return;
    if (!found.some(function (word) { return word.term; })) {
      throw new reftel.syntax.QueryError("a phrase needs at least one word that is not in every text", item.start, item.end);
    }
    if (["", "subject", "body"].indexOf(item.name) < 0) {
      throw new reftel.syntax.QueryError("phrases are found in the subject and the body", item.start, item.end);
    }
    plan.phrases.push(base(item, anyWord, item.text));
  }

  function word(item, anyWord, plan) {
    if (item.text.indexOf("*") >= 0) {
      plan.groups.push(group(item, anyWord, wildcards(item), item.text));
      return;
    }
    reftel.words.surfaces(item.text).forEach(function (surface) {
      reftel.words.analyse(surface).forEach(function (piece) {
        var found = alternatives(piece, item.edits);
        if (found.length) plan.groups.push(group(item, anyWord, found, surface));
        else plan.common.push(surface);
      });
    });
  }

  function alternatives(piece, edits) {
    var all = piece.words.filter(function (each) { return each.term; }).map(function (each) { return sought(each.term, edits); });
    if (!piece.joined || !piece.joined.term) return all.length ? [all] : [];
    var joined = [sought(piece.joined.term, edits)];
    return piece.strict || !all.length ? [joined] : [joined, all];
  }

  function stem(text) {
    return self.lunr.stemmer(new self.lunr.Token(text)).toString();
  }

  function wildcards(item) {
    var pattern = reftel.words.fold(item.text).replace(GLUE, "").replace(/^\.+|\.+$/g, "").replace(/\*+/g, "*");
    if (pattern === "" || pattern === "*") {
      throw new reftel.syntax.QueryError("a wildcard needs at least one letter beside it", item.start, item.end);
    }
    return [[sought(pattern)]].concat(stemsBelow(pattern).map(function (term) { return [sought(term)]; }));
  }

  function stemsBelow(pattern) {
    var beginning = pattern.slice(0, -1);
    if (!pattern.endsWith("*") || !PLAIN.test(beginning)) return [];
    return Array.from(new Set(ENDINGS.map(function (ending) { return stem(beginning + ending); }))).filter(function (found) {
      return found.indexOf(beginning) !== 0 && found.length > beginning.length - 4;
    });
  }

  /* Recognises an MRN written in several words; says how many items it takes. */
  function mrn(items, at, posts, anyWord, plan) {
    var texts = [];
    items.slice(at, at + 5).every(function (item) {
      var found = pieces(item.text);
      var plain = item.kind === "word" && !item.name && !item.sign && !item.edits && item.text.indexOf("*") < 0;
      if (!plain || found.length !== 1 || found[0].words.length !== 1) return false;
      texts.push(found[0].words[0].form);
      return true;
    });
    var first = texts.length && DIGITS.test(texts[0]) && YEAR.test(items[at].text) ? 1 : 0;
    for (var end = first + 1; end < Math.min(first + 4, texts.length); end++) {
      var post = texts.slice(first, end);
      if (!post.every(function (text) { return LETTERS.test(text); }) || !DIGITS.test(texts[end]) || !posts.has(post.join(""))) continue;
      var used = items.slice(at, at + end + 1), text = used.map(function (item) { return item.text; }).join(" ");
      var all = words(text).filter(function (each) { return each.term; }).map(function (each) { return sought(each.term); });
      var year = first ? texts[0].padStart(2, "0") : "";
      var made = group(used[0], anyWord, [[sought(year + post.join("") + texts[end])], all], text);
      made.boost = 1;
      made.end = used[used.length - 1].end;
      plan.groups.push(made);
      return end + 1;
    }
    return 0;
  }

  /* {groups, phrases, filters, common} of parsed items; throws QueryError. */
  function make(items, posts, anyWord) {
    var plan = { groups: [], phrases: [], filters: [], common: [] }, known = new Set(posts), at = 0;
    while (at < items.length) {
      var item = items[at];
      if (item.kind === "filter") plan.filters.push(item);
      else if (item.kind === "phrase") phrase(item, anyWord, plan);
      else {
        var used = mrn(items, at, known, anyWord, plan);
        if (used) {
          at += used;
          continue;
        }
        word(item, anyWord, plan);
      }
      at++;
    }
    return plan;
  }

  reftel.plan = { make: make, words: words };
})(self.reftel = self.reftel || {});
