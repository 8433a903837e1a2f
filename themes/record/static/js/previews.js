/* What is said about a target stands at its first mention on the page: it is said at the others too. Under a finger there is no hovering: the
   first touch of a link that has something to say about its target shows it (theme.css does, while the link has the focus), the second follows
   the link. In the lowest third of the window it is shown above the link. Escape takes away what is shown, until pointer or focus have left the
   link. */
(function () {
  "use strict";

  var about = new Map();
  document.querySelectorAll("a.reftel").forEach(function (link) {
    var target = link.getAttribute("href"), words = link.getAttribute("aria-description");
    if (words && !about.has(target)) about.set(target, words);
    else if (!words && about.has(target)) link.setAttribute("aria-description", about.get(target));
  });

  ["pointerover", "focusin"].forEach(function (coming) {
    document.addEventListener(coming, function (event) {
      var link = event.target.closest("a.reftel[aria-description]");
      if (link) link.classList.toggle("low", link.getBoundingClientRect().bottom > innerHeight * 2 / 3);
    });
  });

  var touched = false;
  document.addEventListener("pointerdown", function (event) {
    touched = event.pointerType === "touch";
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.reftel[aria-description]");
    if (!link || !touched || link.dataset.shown) return;
    event.preventDefault();
    link.dataset.shown = "yes";
    link.focus();
    link.addEventListener("blur", function () { delete link.dataset.shown; }, { once: true });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("a.reftel[aria-description]:is(:hover, :focus)").forEach(function (link) {
      link.dataset.closed = "yes";
      ["blur", "pointerleave"].forEach(function (end) {
        link.addEventListener(end, function () { delete link.dataset.closed; }, { once: true });
      });
    });
  });
})();
