"use strict";
/* The tables of tests/search/cases, answered by the page's engine. REFTEL_SEARCH names the index of their documents. */
const assert = require("node:assert/strict");
const fs = require("fs");
const path = require("path");
const test = require("node:test");

const folder = process.env.REFTEL_SEARCH;
const cases = path.join(__dirname, "../search/cases");

async function check({ reftel, index }, row) {
  const asked = { text: row.query, anyWord: !!row.any, typing: !!row.typing };
  if (row.error) {
    await assert.rejects(reftel.engine.search(index, asked), (error) => {
      assert.ok(error instanceof reftel.syntax.QueryError);
      assert.deepEqual([error.message, error.start, error.end], row.error);
      return true;
    });
    return;
  }
  const answer = await reftel.engine.search(index, asked);
  const cards = await Promise.all(answer.documents.map((document) => index.card(document)));
  assert.deepEqual(cards.map((card) => card.key), row.hits);
  assert.deepEqual(answer.notes, row.notes || []);
  if ("suggestion" in row) assert.equal(answer.suggestion, row.suggestion);
  for (const [place, anchor] of (row.anchors || []).entries()) {
    const best = reftel.passages.best(await index.text(cards[place].address), answer.worth, answer.phrases);
    assert.equal(best[0].anchor, anchor);
  }
}

for (const file of fs.readdirSync(cases).filter((name) => name !== "documents.json").sort()) {
  for (const row of JSON.parse(fs.readFileSync(path.join(cases, file), "utf8"))) {
    test(`${file}: ${row.rule}`, { skip: folder ? false : "REFTEL_SEARCH is not set" }, async () => {
      await check(await require("./site.js")(folder), row);
    });
  }
}
