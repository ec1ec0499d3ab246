/* After a refusal the focus is on the list of errors. */
(function () {
  "use strict";

  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }
})();
