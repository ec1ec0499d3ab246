/* A phone starts with the filters folded, unless one of them is set. */
(function () {
  "use strict";

  document.querySelectorAll("[data-fold]").forEach(function (details) {
    if (!window.matchMedia("(min-width: 75em)").matches) { details.removeAttribute("open"); }
  });
})();
