/* On every page: "/" leads to the search field. */
(function () {
  "use strict";

  document.addEventListener("keydown", function (event) {
    var at = event.target;
    var typing = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    var field = document.querySelector("input[name=q]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
