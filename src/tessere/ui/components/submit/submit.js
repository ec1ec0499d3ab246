/* A second click does nothing. Forms that answer with a download say `data-repeat`.
   The server does not rely on it: commands carry a key of their own. */
(function () {
  "use strict";

  var WAIT_MS = 10000;

  function buttons(form) {
    return Array.prototype.filter.call(form.elements, function (element) {
      return element.type === "submit" && !element.disabled;
    });
  }

  function release(form) {
    form.removeAttribute("data-sent");
    buttons(form).forEach(function (button) { button.removeAttribute("aria-disabled"); });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.hasAttribute("data-repeat")) { return; }
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    buttons(form).forEach(function (button) { button.setAttribute("aria-disabled", "true"); });
    window.setTimeout(function () { release(form); }, WAIT_MS);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });
})();
