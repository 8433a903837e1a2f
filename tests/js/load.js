"use strict";
/* Loads the theme's classic scripts into this process, as a page would, and answers with their one global, `reftel`. */
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const folder = path.join(process.env.REFTEL_THEME || path.join(__dirname, "../../themes/record"), "static/js");

globalThis.self = globalThis;
globalThis.lunr = require(path.join(folder, "lunr.min.js"));

module.exports = function load(...names) {
  for (const name of names) {
    const file = path.join(folder, "search", name + ".js");
    vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
  }
  return globalThis.reftel;
};
