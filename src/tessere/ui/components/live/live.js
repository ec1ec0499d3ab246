/* A part of the page that asks the server for itself, while somebody looks at it. */
(function () {
  "use strict";

  var EVERY_MS = 5000;

  document.querySelectorAll("[data-live]").forEach(function (part) {
    var shown = "";

    function refresh() {
      if (document.hidden || part.contains(document.activeElement)) { return; }
      fetch(part.getAttribute("data-live"), { credentials: "same-origin" })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : shown; })
        .then(function (html) {
          if (html === shown) { return; }
          shown = html;
          part.innerHTML = html;
        })
        .catch(function () { /* The figures that are shown stay; the next turn asks again. */ });
    }

    window.setInterval(refresh, EVERY_MS);
    document.addEventListener("visibilitychange", refresh);
  });
})();
