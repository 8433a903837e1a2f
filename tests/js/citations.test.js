"use strict";
/* Citations in each style and records for reference managers, from what the head of a cable's page says. */
const assert = require("node:assert/strict");
const test = require("node:test");

const { work, styles, records } = require("./load.js")("../citations").citations;

const WHERE = "https://tolm.example/x/cable/2007/03/07TOLM10.html";
const HEAD = {
  "citation_title": "THE FERRY IS LATE", "citation_technical_report_institution": "Embassy Tolm", "citation_technical_report_number": "07TOLM10",
  "citation_date": "2007/03/02", "citation_language": "en", "citation_keywords": "PREL; PGOV", "DC.source": "The Tolm Papers, Tolm University",
  "description": "It is late.",
};

function of(more) {
  const head = { ...HEAD, ...more };
  return work((name) => head[name] || "", WHERE);
}

function lines(more) {
  return Object.fromEntries(styles(of(more)).map(([name, before, between, end]) => [name, before + between + WHERE + end]));
}

function found(more) { return Object.fromEntries(records(of(more)).map(([name, , , text]) => [name, text])); }

test("each style has its form", () => {
  assert.deepEqual(lines({}), {
    "MLA": `Embassy Tolm. “THE FERRY IS LATE.” Cable 07TOLM10, 2 Mar. 2007. The Tolm Papers, Tolm University, ${WHERE}.`,
    "APA": `Embassy Tolm. (2007, March 2). THE FERRY IS LATE (Diplomatic cable 07TOLM10). The Tolm Papers, Tolm University. ${WHERE}`,
    "Plain": `07TOLM10, Embassy Tolm, 2 March 2007, ${WHERE}`,
  });
});

test("what a cable lacks leaves no hole", () => {
  const lacks = [{ citation_date: "" }, { citation_title: "07TOLM10" }, { citation_technical_report_institution: "" }, { citation_title: "WHO KNOWS?" }];
  for (const more of lacks) {
    for (const line of Object.values(lines(more))) assert.doesNotMatch(line, /undefined|null|NaN|““|,,|, ,|^[,.]|\?[,.]”/);
    for (const text of Object.values(found(more))) assert.doesNotMatch(text, /undefined|null|NaN/);
  }
  assert.match(lines({ citation_date: "" }).APA, /\(n\.d\.\)/);
  assert.doesNotMatch(lines({ citation_title: "07TOLM10" }).MLA, /“/);
});

test("the records name the same report, and what is special in BibTeX is escaped", () => {
  const { BibTeX, RIS, "CSL-JSON": csl } = found({ citation_title: "50% & {MORE} \\ ^" });
  assert.ok(BibTeX.startsWith(
    "@techreport{07TOLM10,\n  author = {{Embassy Tolm}},\n  title = {{50\\% \\& \\{MORE\\} \\textbackslash{} \\textasciicircum{}}},"));
  assert.ok(BibTeX.includes("  month = mar,\n  day = {2},\n"));
  assert.ok(RIS.startsWith("TY  - RPRT\nTI  - 50% & {MORE} \\ ^\n") && RIS.endsWith("ER  - \n"));
  assert.ok(RIS.includes("PY  - 2007\nDA  - 2007/03/02/\nAB  - It is late.\nKW  - PREL\nKW  - PGOV\n"));
  const [record] = JSON.parse(csl);
  assert.deepEqual([record.type, record.number, record.URL], ["report", "07TOLM10", WHERE]);
  assert.deepEqual(record.issued, { "date-parts": [[2007, 3, 2]] });
});
