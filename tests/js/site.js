"use strict";
/* Opens the search data of a built site in this process, with the page's own scripts. */
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const reftel = require("./load.js")(
  "words", "packing", "shards", "index", "syntax", "plan", "expand", "score", "phrases", "filters", "passages", "engine");

module.exports = function open(folder) {
  const index = new reftel.Index((name) => new Promise((resolve) => {
    reftel.shard = (given, payload) => resolve(payload);
    vm.runInThisContext(fs.readFileSync(path.join(folder, name + ".js"), "utf8"));
  }));
  return index.open().then(() => ({ reftel, index }));
};
