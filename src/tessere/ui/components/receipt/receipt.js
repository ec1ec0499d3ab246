/* The clock of a receipt: the server's time when the page was made, then it beats. */
(function () {
  "use strict";

  var clocks = document.querySelectorAll("[data-clock]");
  if (!clocks.length || document.documentElement.hasAttribute("data-kept-at")) { return; }
  var start = Date.now();

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function seconds(clock) {
    var parts = clock.getAttribute("data-clock").split(":").map(Number);
    return parts[0] * 3600 + parts[1] * 60 + parts[2];
  }

  window.setInterval(function () {
    var passed = Math.floor((Date.now() - start) / 1000);
    clocks.forEach(function (clock) {
      var now = seconds(clock) + passed;
      clock.textContent = [Math.floor(now / 3600) % 24, Math.floor(now / 60) % 60, now % 60].map(two).join(":");
    });
    document.querySelectorAll("[data-ago]").forEach(function (ago) {
      var age = Number(ago.getAttribute("data-ago")) + passed;
      var words = ago.getAttribute(age < 60 ? "data-seconds" : "data-minutes");
      ago.textContent = words.replace("{n}", String(age < 60 ? age : Math.floor(age / 60)));
    });
  }, 250);
})();
