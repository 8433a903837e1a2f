/* The query language: from what a reader types to items, or an explanation with its place. The mirror of generator/reftel/search/syntax.py. */
(function (reftel) {
  "use strict";

  var FIELDS = reftel.FIELDS, FILTERS = ["after", "before", "origin", "tag", "class", "from"];
  var LONGEST_QUERY = 1000, MOST_ITEMS = 64, MOST_EDITS = 2;
  var HEAD = /([+-]?)(?:([A-Za-z]+):(?=\S))?("?)/y;
  var NAME_ALONE = /^[+-]?([A-Za-z]+):$/;
  var DATE = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/;
  var NUMBER = /^[0-9]{1,4}$/;
  var SPACE = /\s/;

  function QueryError(message, start, end) {
    this.message = message;
    this.start = start;
    this.end = end;
  }

  function known(list, name) {
    return list.indexOf(name) >= 0;
  }

  /* The items {kind, text, start, end, sign, name, edits, boost, exact} of a query; throws QueryError. */
  function parse(query, typing) {
    if (query.length > LONGEST_QUERY) {
      throw new QueryError("the query is longer than " + LONGEST_QUERY + " characters", LONGEST_QUERY, query.length);
    }
    var items = [], at = 0;
    while (at < query.length) {
      if (SPACE.test(query[at])) {
        at++;
        continue;
      }
      var made = item(query, at, typing);
      at = made.end;
      if (made.kind) items.push(made);
      if (items.length > MOST_ITEMS) throw new QueryError("more than " + MOST_ITEMS + " words", at, query.length);
    }
    return items;
  }

  function item(query, start, typing) {
    HEAD.lastIndex = start;
    var head = HEAD.exec(query), textStart = start + head[0].length;
    var sign = head[1], name = (head[2] || "").toLowerCase(), quote = head[3], text, end;
    if (name && !known(FIELDS, name) && !known(FILTERS, name)) {
      throw new QueryError("“" + head[2] + ":” is neither a field nor a filter (fields: " + FIELDS.join(", ") + "; filters: " +
        FILTERS.join(", ") + ")", start, start + sign.length + head[2].length + 1);
    }
    if (quote) {
      var close = query.indexOf('"', textStart);
      if (close < 0 && !typing) throw new QueryError("this quotation mark is not closed", textStart - 1, query.length);
      text = query.slice(textStart, close >= 0 ? close : query.length);
      end = close >= 0 ? close + 1 : query.length;
    } else {
      end = wordEnd(query, textStart);
      text = query.slice(textStart, end);
    }
    var made = { kind: "word", text: text, start: start, end: end, sign: sign, name: name, edits: 0, boost: 1, exact: !!quote };
    if (known(FILTERS, name)) return filter(made, textStart);
    if (quote) return phrase(query, made);
    var alone = NAME_ALONE.exec(query.slice(start, end));
    if (alone && !typing && known(FIELDS.concat(FILTERS), alone[1].toLowerCase())) {
      throw new QueryError("expected a word after “" + alone[1] + ":”", start, end);
    }
    modify(made, textStart);
    if (made.edits && known(made.text, "*")) throw new QueryError("a word has either wildcards or ~, not both", start, end);
    return made;
  }

  function wordEnd(query, at) {
    while (at < query.length && !SPACE.test(query[at])) at++;
    return at;
  }

  function phrase(query, made) {
    if (known(made.text, "*")) throw new QueryError("a phrase has no wildcards", made.start, made.end);
    var rest = query.slice(made.end, wordEnd(query, made.end));
    made.kind = "phrase";
    if (rest[0] === "^") {
      made.boost = number(rest.slice(1), "^", made.end);
      made.end += rest.length;
    }
    return made;
  }

  function filter(made, textStart) {
    if ((made.name === "after" || made.name === "before") && !DATE.test(made.text)) {
      throw new QueryError("expected a date after “" + made.name + ":”, such as 2007, 2007-08 or 2007-08-31", textStart, made.end);
    }
    made.kind = "filter";
    return made;
  }

  /* Takes ~1 and ^3 off a word. */
  function modify(made, start) {
    var first = made.text.slice(1).search(/[~^]/) + 1;
    if (!first) return;
    var rest = made.text.slice(first), at = start + first, part, pattern = /([~^])([^~^]*)/g;
    made.text = made.text.slice(0, first);
    while ((part = pattern.exec(rest))) {
      if (part[1] === "^") made.boost = number(part[2], "^", at);
      else {
        made.edits = part[2] ? number(part[2], "~", at) : 1;
        if (made.edits > MOST_EDITS) throw new QueryError("at most " + MOST_EDITS + " letters may differ", at, at + part[0].length);
      }
      at += part[0].length;
    }
  }

  function number(text, mark, start) {
    text = text.replace(/[.,;:!?)\]]+$/, "");
    if (!NUMBER.test(text)) throw new QueryError("expected a number after " + mark, start, start + 1 + text.length);
    return parseInt(text, 10);
  }

  reftel.syntax = { parse: parse, QueryError: QueryError };
})(self.reftel = self.reftel || {});
