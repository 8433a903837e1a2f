/* What the hits are made of: counts by year, origin, classification and TAGS, each a filter at a click; and a histogram over time.
   A filter is a part of the query, so that all of it stands in the field and in the address. */
(function (reftel) {
  "use strict";

  var MOST = 40, BARS = 60, STEPS = 20, LABELS = 8;
  var FACETS = [["origin", "Origin", "origin"], ["class", "Classification", "class"], ["tag", "TAGS", "tag"]];

  function written(name, value) {
    return name + ':"' + value.replace(/"/g, "") + '"';
  }

  /* The query with a filter put in, or taken out where it is in. */
  function toggled(query, filter) {
    var parts = (" " + query + " ").split(" " + filter + " ");
    return (parts.length > 1 ? parts.join(" ") : query + " " + filter).replace(/\s+/g, " ").trim();
  }

  /* The query with its dates replaced. */
  function dated(query, after, before) {
    var rest = query.replace(/(^|\s)(after|before):\S*/gi, " ");
    return (rest + (after ? " after:" + after : "") + (before ? " before:" + before : "")).replace(/\s+/g, " ").trim();
  }

  function button(className, text, count, pressed, act) {
    var made = reftel.results.element("button", className, text + " ");
    made.type = "button";
    made.setAttribute("aria-pressed", String(pressed));
    made.append(reftel.results.element("span", "count", String(count)));
    made.addEventListener("click", act);
    return made;
  }

  /* A facet whose values are counted when it is opened: until then its column is not loaded. */
  function facet(title, open, rows) {
    var made = reftel.results.element("details", "facet"), list = reftel.results.element("ul"), filled = false;
    made.append(reftel.results.element("summary", "", title), list);
    made.addEventListener("toggle", function () {
      if (!made.open || filled) return;
      filled = true;
      rows().then(function (found) {
        found.forEach(function (row) {
          var item = reftel.results.element("li");
          item.append(row);
          list.append(item);
        });
      });
    });
    made.open = open;
    return made;
  }

  function counted(column, documents) {
    var counts = new Map();
    documents.forEach(function (document) {
      for (var at = column.starts[document]; at < column.starts[document + 1]; at++) {
        counts.set(column.numbers[at], (counts.get(column.numbers[at]) || 0) + 1);
      }
    });
    return Array.from(counts).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
  }

  /* Map of the beginning of the date as text, of so many letters, to how many documents have it. */
  function byTime(days, documents, size) {
    var counts = new Map(), found = new Map();
    documents.forEach(function (document) { counts.set(days[document], (counts.get(days[document]) || 0) + 1); });
    counts.forEach(function (count, day) {
      var text = reftel.filters.dayText(day).slice(0, size);
      found.set(text, (found.get(text) || 0) + count);
    });
    return found;
  }

  function years(months, documents, query, ask) {
    var counts = byTime(months, documents, 4);
    if (counts.has("")) counts.set("undated", counts.get(""));
    counts.delete("");
    return Array.from(counts).sort().map(function (row) {
      var next = String(Number(row[0]) + 1), pressed = dated(query, row[0], next) === query;
      if (row[0] === "undated") return reftel.results.element("span", "", "undated " + row[1]);
      return button("facet-value", row[0], row[1], pressed, function () {
        ask(pressed ? dated(query) : dated(query, row[0], next));
      });
    });
  }

  function labels(column, name, documents, query, ask) {
    return counted(column, documents).slice(0, MOST).map(function (row) {
      var label = column.labels[row[0]], filter = written(name, label), pressed = (" " + query + " ").indexOf(" " + filter + " ") >= 0;
      return button("facet-value", label, row[1], pressed, function () { ask(toggled(query, filter)); });
    });
  }

  /* Makes the facets; `ask(query)` is called with the query that a click means. Open ones stay open. */
  function show(place, index, answer, query, ask) {
    var open = Array.from(place.querySelectorAll("details")).map(function (each) { return each.open; });
    var made = [facet("Year", !!open[0], function () {
      return index.months().then(function (months) { return years(months, answer.documents, query, ask); });
    })].concat(FACETS.map(function (each, number) {
      return facet(each[1], !!open[number + 1], function () {
        return index.labels(each[2]).then(function (column) { return labels(column, each[0], answer.documents, query, ask); });
      });
    }));
    place.replaceChildren.apply(place, made);
    place.hidden = !answer.documents.length;
  }

  /* [{from, to, count}] over the hits: months, or years where there are too many months; `to` is the first day after. */
  function bars(days, documents) {
    var months = byTime(days, documents, 7);
    months.delete("");
    var dates = Array.from(months.keys()).sort();
    if (!dates.length) return [];
    var first = dates[0], last = dates[dates.length - 1];
    var monthly = (last.slice(0, 4) - first.slice(0, 4)) * 12 + (last.slice(5, 7) - first.slice(5, 7)) < BARS;
    var size = monthly ? 7 : 4, counts = new Map(), made = [], at = first.slice(0, size);
    months.forEach(function (count, month) { counts.set(month.slice(0, size), (counts.get(month.slice(0, size)) || 0) + count); });
    while (at <= last) {
      var next = following(at);
      made.push({ from: at, to: next, count: counts.get(at) || 0 });
      at = next;
    }
    return made;
  }

  function following(period) {
    if (period.length === 4) return String(Number(period) + 1).padStart(4, "0");
    var year = Number(period.slice(0, 4)), month = Number(period.slice(5)) + 1;
    return month > 12 ? String(year + 1).padStart(4, "0") + "-01" : period.slice(0, 5) + String(month).padStart(2, "0");
  }

  /* The fields for the time; while they are empty they show that of the hits. */
  function typed(query, made, ask) {
    var line = reftel.results.element("p", "span");
    ["after", "before"].forEach(function (name) {
      var label = reftel.results.element("label", "", (name === "after" ? "From " : " until before ")), field = document.createElement("input");
      field.type = "text";
      field.name = name;
      field.size = 10;
      field.placeholder = name === "after" ? made[0].from : made[made.length - 1].to;
      field.value = (new RegExp("(?:^|\\s)" + name + ":(\\S+)").exec(query) || ["", ""])[1];
      field.addEventListener("change", function () {
        var values = line.querySelectorAll("input");
        ask(dated(query, values[0].value.trim(), values[1].value.trim()));
      });
      label.append(field);
      line.append(label);
    });
    return line;
  }

  /* For each bar the text below it, mostly "": years where they begin, at most eight; the ends where no year begins between. */
  function marks(made) {
    var years = made.map(function (bar) { return bar.from.length === 4 || bar.from.slice(5) === "01" ? bar.from.slice(0, 4) : ""; });
    var found = years.filter(Boolean).length, step = Math.ceil(found / LABELS), seen = 0;
    if (found < 2) return made.map(function (bar, number) { return number === 0 || number === made.length - 1 ? bar.from : ""; });
    return years.map(function (year) { return year && seen++ % step === 0 ? year : ""; });
  }

  /* Draws the histogram: a click on a bar or a drag over several asks for their time; it can be typed beside it. */
  function draw(place, index, answer, query, ask) {
    return index.months().then(function (months) {
      var made = bars(months, answer.documents), highest = Math.max.apply(null, made.map(function (bar) { return bar.count; }).concat(1));
      var list = reftel.results.element("ol", "histogram"), below = marks(made), from = 0;
      function take(end) {
        var low = Math.min(from, end), high = Math.max(from, end);
        ask(dated(query, made[low].from, made[high].to));
      }
      made.forEach(function (bar, number) {
        var item = reftel.results.element("li"), press = reftel.results.element("button");
        press.type = "button";
        press.dataset.height = String(bar.count ? Math.max(1, Math.round(STEPS * bar.count / highest)) : 0);
        press.dataset.from = bar.from;
        press.title = bar.from + ": " + bar.count;
        press.setAttribute("aria-label", bar.from + ": " + bar.count + (bar.count === 1 ? " cable" : " cables"));
        press.addEventListener("pointerdown", function () { from = number; });
        press.addEventListener("pointerup", function () { if (from !== number) take(number); });
        press.addEventListener("click", function () {
          from = number;
          take(number);
        });
        item.append(press);
        if (below[number]) item.dataset.label = below[number];
        list.append(item);
      });
      place.hidden = made.length === 0;
      if (!made.length) return;
      var most = reftel.results.element("p", "most", "up to " + highest + (made[0].from.length === 4 ? " a year" : " a month"));
      place.replaceChildren(most, list, typed(query, made, ask));
    });
  }

  reftel.facets = { show: show, draw: draw, dated: dated, toggled: toggled, bars: bars };
})(self.reftel = self.reftel || {});
