"use strict";
/* What a click on a facet or a bar does to the query, and which bars there are. */
const assert = require("node:assert/strict");
const test = require("node:test");

const reftel = require("./load.js")("words", "packing", "shards", "index", "syntax", "filters", "results", "facets");
const { toggled, dated, bars } = reftel.facets;

test("a filter is put in, and taken out again", () => {
  const query = toggled("port strike", 'origin:"Embassy Moscow"');
  assert.equal(query, 'port strike origin:"Embassy Moscow"');
  assert.equal(toggled(query, 'origin:"Embassy Moscow"'), "port strike");
  assert.equal(toggled("", "tag:PREL"), "tag:PREL");
  assert.equal(toggled("tag:PRELX port", "tag:PREL"), "tag:PRELX port tag:PREL");
});

test("dates are replaced, not added", () => {
  assert.equal(dated("after:2001 port before:2002-01", "2007-08", "2007-09"), "port after:2007-08 before:2007-09");
  assert.equal(dated("after:2001 port", "", ""), "port");
});

test("bars are months, and years where months are too many; gaps are kept", () => {
  const days = ["2007-11-30", "2008-02-01", "2008-02-29"].map(reftel.filters.firstDay);
  assert.deepEqual(bars(days, [0, 1, 2]), [
    { from: "2007-11", to: "2007-12", count: 1 }, { from: "2007-12", to: "2008-01", count: 0 },
    { from: "2008-01", to: "2008-02", count: 0 }, { from: "2008-02", to: "2008-03", count: 2 },
  ]);
  const far = ["1966-01-01", "2010-02-28"].map(reftel.filters.firstDay);
  assert.deepEqual([bars(far, [0, 1]).length, bars(far, [0, 1])[44]], [45, { from: "2010", to: "2011", count: 1 }]);
  assert.deepEqual(bars([0], [0]), []);
});

test("days and their numbers", () => {
  for (const day of ["1900-01-01", "1966-12-31", "2000-02-29", "2010-02-28"]) {
    assert.equal(reftel.filters.dayText(reftel.filters.firstDay(day)), day);
  }
  assert.equal(reftel.filters.firstDay("1900"), 1);
  assert.equal(reftel.filters.dayText(0), "");
});
