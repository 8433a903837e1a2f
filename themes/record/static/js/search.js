/* The search page. Nothing is fetched before the reader uses the field (or comes with ?q= in the address);
   then lunr.js, the search scripts and what a query needs of the index. */
(function (reftel) {
  "use strict";

  var main = document.querySelector("main[data-search]");
  var field = main && main.querySelector("input[name=q]");
  var started = false;
  var names = ["lunr.min"].concat([
    "words", "packing", "shards", "index", "syntax", "plan", "expand", "score", "phrases", "filters", "passages", "engine",
    "reader", "results", "facets", "walk", "page"
  ].map(function (name) { return "search/" + name; }));

  function start() {
    if (started) return;
    started = true;
    main.dataset.searchState = "loading";
    reftel.loadAll(names).then(function () {
      return reftel.page.start(main);
    }).catch(function (error) {
      main.dataset.searchState = "error";
      main.querySelector("[role=status]").textContent = "The search could not be loaded: " + error.message;
    });
  }

  if (!field) return;
  field.addEventListener("input", start);
  main.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    start();
  });
  if (/[?&]q=[^&]/.test(location.search)) start();
})(self.reftel = self.reftel || {});
