"use strict";
/* Compares the page's scorer on shards with lunr.js on its own full index, below the rewriting of the query.

   node parity.js SEARCH_FOLDER TOKENS QUERIES [perturb]
   TOKENS: JSON [{field: [terms]}] of the documents in order; QUERIES: JSON [text]. Prints {compared, capped, different}. With "perturb",
   lunr.js is given one term more: a control, which must differ. */
const fs = require("fs");
const open = require("./site.js");

const [folder, tokensFile, queriesFile, perturb] = process.argv.slice(2);
const documents = JSON.parse(fs.readFileSync(tokensFile, "utf8"));
const queries = JSON.parse(fs.readFileSync(queriesFile, "utf8"));
const PRESENCE = { optional: 1, required: 2, prohibited: 3 };

function fullIndex(reftel, fields) {
  const builder = new lunr.Builder();
  builder.ref("id");
  for (const name of reftel.FIELDS) builder.field(name, { boost: fields[name] });
  documents.forEach((document, id) => builder.add(Object.assign({ id: String(id) }, document)));
  return builder.build();
}

/* The groups and phrases of a query as lunr.js takes them. */
function lunrClauses(reftel, plan) {
  const clauses = [];
  const names = (fields) => fields.map((field) => reftel.FIELDS[field]);
  for (const group of plan.groups) {
    const simple = group.alternatives.length === 1 && group.alternatives[0].length === 1;
    if (group.presence === "prohibited" && !simple) continue;
    const seen = new Set();
    for (const sought of group.alternatives.flat()) {
      if (seen.has(sought.term)) continue;
      seen.add(sought.term);
      const clause = { term: sought.term, fields: names(group.fields), boost: group.boost, usePipeline: false };
      clause.presence = PRESENCE[simple ? group.presence : "optional"];
      if (sought.edits) clause.editDistance = sought.edits;
      clauses.push(clause);
    }
  }
  for (const phrase of plan.phrases) {
    if (phrase.presence === "prohibited") continue;
    for (const term of new Set(reftel.phrases.spots(phrase.text).map((spot) => spot.term))) {
      clauses.push({ term, fields: names(phrase.fields), boost: phrase.boost, usePipeline: false, presence: 1 });
    }
  }
  return clauses;
}

async function ours(reftel, index, clauses) {
  const made = await Promise.all(clauses.map(async (clause) => {
    const found = await reftel.expand.expand(index, clause.term, clause.editDistance || 0);
    const terms = (await Promise.all(found.terms.map((term) => index.postings(term)))).filter(Boolean);
    const presence = Object.keys(PRESENCE).find((name) => PRESENCE[name] === clause.presence);
    const fields = clause.fields.map((name) => reftel.FIELDS.indexOf(name));
    return { capped: found.all > terms.length, terms, fields, boost: clause.boost, presence };
  }));
  if (made.some((clause) => clause.capped)) return null;
  const scored = await reftel.score.score(index, made);
  return scored.documents.map((document) => [String(document), scored.scores[document]]);
}

open(folder).then(async ({ reftel, index }) => {
  if (perturb) documents[0].body.push("perturbed", documents[0].body[0]);
  const full = fullIndex(reftel, index.facts.fields);
  const report = { compared: 0, results: 0, capped: [], different: [] };
  for (const query of queries) {
    const clauses = lunrClauses(reftel, reftel.plan.make(reftel.syntax.parse(query), index.facts.posts, false));
    const mine = await ours(reftel, index, clauses);
    if (!mine) {
      report.capped.push(query);
      continue;
    }
    const theirs = full.query((made) => clauses.forEach((clause) => made.clause(Object.assign({}, clause))))
      .map((result) => [result.ref, result.score]);
    report.compared += 1;
    report.results += theirs.length;
    if (JSON.stringify(mine) !== JSON.stringify(theirs)) {
      const at = theirs.findIndex((row, place) => JSON.stringify(row) !== JSON.stringify(mine[place]));
      report.different.push([query, mine.length, theirs.length, at, mine[at], theirs[at]]);
    }
  }
  process.stdout.write(JSON.stringify(report));
}).catch((error) => {
  console.error(error);
  process.exit(1);
});
