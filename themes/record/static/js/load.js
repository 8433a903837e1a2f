/* Loads further classic scripts: side by side, run in order. Modules and fetch do not work from disk. Those that a page names in its one
   script element, from the top of the site, are loaded at once. */
(function (reftel) {
  "use strict";

  var own = document.currentScript;
  reftel.scripts = own.src.replace(/[^/]*$/, "");

  /* Promise that a script has run. */
  reftel.load = function (address) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.async = false;
      script.src = address;
      script.onload = resolve;
      script.onerror = function () { reject(new Error("cannot load " + address)); };
      document.head.appendChild(script);
    });
  };

  /* The same for several of this theme's, by name. */
  reftel.loadAll = function (names) {
    return Promise.all(names.map(function (name) { return reftel.load(reftel.scripts + name + ".js"); }));
  };

  (own.dataset.load || "").split(" ").filter(Boolean).forEach(function (name) { reftel.load(reftel.scripts + "../../" + name); });
})(self.reftel = self.reftel || {});
