"use strict";
/* node answer.js SEARCH_FOLDER: stdin a JSON list of {query, any, typing}, stdout for each what the page's engine answers:
   {hits: [[mrn, anchor, score]], notes, suggestion} of the first 20, with their number as total, or {error: [message, start, end]}. */
const open = require("./site.js");

async function answer(reftel, index, asked) {
  try {
    const found = await reftel.engine.search(index, { text: asked.query, anyWord: !!asked.any, typing: !!asked.typing });
    const hits = await Promise.all(found.documents.slice(0, 20).map(async (document) => {
      const card = await index.card(document);
      const best = reftel.passages.best(await index.text(card.address), found.worth, found.phrases, 1);
      return [card.mrn || card.key, best.length ? best[0].anchor : "", found.scores[document]];
    }));
    return { total: found.documents.length, hits, notes: found.notes, suggestion: found.suggestion };
  } catch (error) {
    if (!(error instanceof reftel.syntax.QueryError)) throw error;
    return { error: [error.message, error.start, error.end] };
  }
}

open(process.argv[2]).then(async ({ reftel, index }) => {
  const answers = [];
  for (const asked of JSON.parse(require("fs").readFileSync(0, "utf8"))) answers.push(await answer(reftel, index, asked));
  process.stdout.write(JSON.stringify(answers));
}).catch((error) => {
  console.error(error);
  process.exit(1);
});
