/* Loads payloads as classic scripts, the one way that works over http, from disk and in Kiwix alike. */
(function (reftel) {
  "use strict";

  var waiting = new Map();

  /* Called by the data scripts. */
  reftel.shard = function (name, payload) {
    if (waiting.has(name)) waiting.get(name)(payload);
    waiting.delete(name);
  };

  /* A function from a payload's name to a promise of it, for an index's folder. */
  reftel.reader = function (folder) {
    return function (name) {
      return new Promise(function (resolve, reject) {
        waiting.set(name, resolve);
        reftel.load(folder + name.replace(/~/g, "%7E") + ".js").then(function () {
          if (waiting.has(name)) reject(new Error(name + " is not what it should be"));
        }, reject);
      });
    };
  };
})(self.reftel = self.reftel || {});
