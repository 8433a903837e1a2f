/* Walking the results by keys: j and k or the arrows go from one to the next, Enter opens (a link has the focus), Escape leads back to the field. */
(function (reftel) {
  "use strict";

  reftel.walk = function (main, field, list) {
    function go(step) {
      var items = Array.from(list.children), at = items.findIndex(function (item) { return item.contains(document.activeElement); });
      var next = items[Math.max(0, Math.min(items.length - 1, at < 0 && step < 0 ? 0 : at + step))];
      if (!next) return;
      next.querySelector("a").focus();
      next.scrollIntoView({ block: "nearest" });
    }
    list.addEventListener("focusin", function (event) {
      Array.from(list.children).forEach(function (item) {
        if (item.contains(event.target)) item.setAttribute("aria-current", "true");
        else item.removeAttribute("aria-current");
      });
    });
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      var inField = event.target === field, elsewhere = /^(INPUT|TEXTAREA|SELECT|BUTTON|SUMMARY)$/.test(event.target.tagName);
      var step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
      if (inField ? event.key === "ArrowDown" && list.children.length : step && !elsewhere) {
        event.preventDefault();
        go(step);
      } else if (event.key === "Escape" && list.contains(event.target)) field.focus();
    });
  };
})(self.reftel = self.reftel || {});
