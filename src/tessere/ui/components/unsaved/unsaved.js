/* Leaving a page with something typed and not saved asks first. */
(function () {
  "use strict";

  document.querySelectorAll("[data-unsaved-form]").forEach(function (form) {
    var saved = false;

    function changed() {
      return Array.prototype.some.call(form.elements, function (field) {
        return field.type !== "hidden" && field.value !== field.defaultValue;
      });
    }

    form.addEventListener("submit", function () { saved = true; });
    window.onbeforeunload = function () {
      return saved || !changed() ? undefined : "…";
    };
  });
})();
