/* The selection counts its rows and adds them up, in whole cents. Without script its button works alone. */
(function () {
  "use strict";

  function euros(cents) {
    var whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
    return whole + "," + ("0" + (cents % 100)).slice(-2) + "\u00a0€";
  }

  document.querySelectorAll("[data-selection]").forEach(function (bar) {
    var form = bar;
    while (form && form.tagName !== "FORM") { form = form.parentNode; }
    var boxes = form.querySelectorAll("[data-cents]");
    var all = form.querySelector("[data-all]");

    function row(box) {
      var element = box;
      while (element.tagName !== "TR") { element = element.parentNode; }
      return element;
    }

    function count() {
      var number = 0;
      var sum = 0;
      boxes.forEach(function (box) {
        row(box).classList.toggle("is-picked", box.checked);
        if (box.checked) {
          number += 1;
          sum += Number(box.getAttribute("data-cents"));
        }
      });
      bar.hidden = number === 0;
      bar.querySelector("[data-n]").textContent = number;
      bar.querySelector("[data-sum]").textContent = euros(sum);
      bar.querySelector("[data-of]").textContent = number + "\u00a0/\u00a0" + boxes.length;
      if (all) { all.checked = number > 0 && number === boxes.length; }
    }

    function set(checked) {
      boxes.forEach(function (box) { if (!box.disabled) { box.checked = checked; } });
      count();
    }

    bar.querySelectorAll("[data-scripted]").forEach(function (part) { part.hidden = false; });
    bar.querySelectorAll("[data-unscripted]").forEach(function (part) { part.hidden = true; });
    boxes.forEach(function (box) { box.addEventListener("change", count); });
    if (all) {
      all.disabled = false;
      all.addEventListener("change", function () { set(all.checked); });
    }
    bar.querySelectorAll("[data-none]").forEach(function (button) {
      button.addEventListener("click", function () { set(false); });
    });
    window.addEventListener("pageshow", count);
  });
})();
