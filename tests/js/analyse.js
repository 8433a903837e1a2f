"use strict";
/* stdin: a JSON list of surfaces; stdout: what the browser's analysis makes of each. */
const reftel = require("./load.js")("words");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));

const pair = (word) => word && [word.form, word.term];
process.stdout.write(JSON.stringify(texts.map((text) => ({
  pieces: reftel.words.surfaces(text).map((surface) => [surface, reftel.words.analyse(surface).map(
    (piece) => [piece.words.map(pair), pair(piece.joined), piece.strict])]),
  terms: reftel.words.terms(text),
}))));
