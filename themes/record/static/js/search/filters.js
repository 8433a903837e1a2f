/* Filters: which documents are of some days, origin, classification, post or TAGS. The mirror of generator/reftel/search/filters.py. */
(function (reftel) {
  "use strict";

  var COLUMN_OF = { origin: "origin", tag: "tag", "class": "class", from: "post" };
  var NAME_OF = { origin: "origin", tag: "TAGS", "class": "classification", from: "post" };
  var EPOCH = Date.UTC(1899, 11, 31), DAY = 86400000;

  /* The words of a label: "UNCLASSIFIED//FOR OFFICIAL USE ONLY" has five. */
  function labelWords(text) {
    return [].concat.apply([], reftel.words.surfaces(text).map(function (surface) {
      return reftel.words.fold(surface).replace(/\/\//g, "/").replace(/-/g, "/").split("/");
    }));
  }

  /* The number of the first day of a year, a month, or of the day itself; day 1 is 1900-01-01. */
  function firstDay(text) {
    var parts = text.split("-").map(Number), date = new Date(0);
    var year = Math.max(1, parts[0]), month = parts[1] || 1;
    date.setUTCFullYear(year, month, 0);
    date.setUTCFullYear(year, month - 1, Math.min(parts[2] || 1, date.getUTCDate()));
    return Math.round((date.getTime() - EPOCH) / DAY);
  }

  /* Whether a date has a day, so that months alone do not tell what is before it. */
  function namesDay(text) {
    return text.split("-").length > 2;
  }

  /* The day as "2007-08-31", "" for 0. */
  function dayText(day) {
    return day ? new Date(EPOCH + day * DAY).toISOString().slice(0, 10) : "";
  }

  function labelled(index, item) {
    return index.labels(COLUMN_OF[item.name]).then(function (column) {
      var wanted = labelWords(item.text), numbers = new Set(), there = new Uint8Array(index.documents);
      column.labels.forEach(function (label, number) {
        var words = labelWords(label);
        var fits = item.exact ? words.join("\n") === wanted.join("\n") : wanted.every(function (word) { return words.indexOf(word) >= 0; });
        if (wanted.length && fits) numbers.add(number);
      });
      if (!numbers.size) {
        throw new reftel.syntax.QueryError("no cable here has the " + NAME_OF[item.name] + " “" + item.text + "”", item.start, item.end);
      }
      for (var i = 0; i < index.documents; i++) {
        for (var at = column.starts[i]; at < column.starts[i + 1]; at++) if (numbers.has(column.numbers[at])) there[i] = 1;
      }
      return there;
    });
  }

  function dated(index, item) {
    return (namesDay(item.text) ? index.days() : index.months()).then(function (days) {
      var first = firstDay(item.text), there = new Uint8Array(index.documents);
      for (var i = 0; i < there.length; i++) there[i] = item.name === "after" ? days[i] >= first : days[i] < first && days[i] > 0;
      return there;
    });
  }

  /* Promise of a function that says whether a document passes. Values of one filter widen it, but TAGS narrow it. */
  function passing(index, filters) {
    return Promise.all(filters.map(function (item) {
      return item.name === "after" || item.name === "before" ? dated(index, item) : labelled(index, item);
    })).then(function (tables) {
      var either = {}, every = [];
      filters.forEach(function (item, at) {
        if (item.sign === "-" || ["tag", "after", "before"].indexOf(item.name) >= 0) {
          every.push({ table: tables[at], wanted: item.sign === "-" ? 0 : 1 });
        } else (either[item.name] = either[item.name] || []).push(tables[at]);
      });
      return function (document) {
        return every.every(function (each) { return each.table[document] === each.wanted; }) &&
          Object.keys(either).every(function (name) { return either[name].some(function (table) { return table[document]; }); });
      };
    });
  }

  reftel.filters = { passing: passing, dayText: dayText, firstDay: firstDay };
})(self.reftel = self.reftel || {});
