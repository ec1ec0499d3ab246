/* The rules of a password tick themselves while one types. The server decides. */
(function () {
  "use strict";

  function isUpper(c) { return c.toLowerCase() !== c; }
  function isLower(c) { return c.toUpperCase() !== c; }
  function isDigit(c) { return c >= "0" && c <= "9"; }
  function isSpecial(c) { return !isUpper(c) && !isLower(c) && !isDigit(c) && !/\s/.test(c); }

  var rules = {
    length: function (letters) { return letters.length >= 12 && letters.length <= 128; },
    upper: function (letters) { return letters.some(isUpper); },
    lower: function (letters) { return letters.some(isLower); },
    digit: function (letters) { return letters.some(isDigit); },
    special: function (letters) { return letters.some(isSpecial); }
  };

  document.querySelectorAll("[data-rules]").forEach(function (input) {
    var box = document.getElementById(input.getAttribute("data-rules"));
    var list = box && box.querySelector("[data-met]");
    if (!list) { return; }

    function refresh() {
      var letters = Array.from(input.value);
      list.querySelectorAll("[data-rule]").forEach(function (item) {
        var met = rules[item.getAttribute("data-rule")](letters);
        item.classList.toggle("is-met", met);
        item.querySelector("[data-rule-said]").textContent =
          list.getAttribute(met ? "data-met" : "data-unmet");
      });
    }

    input.addEventListener("input", refresh);
    window.addEventListener("pageshow", refresh);
  });
})();
