/* The selection counts its rows and adds them up, in whole cents, those of other pages too: their
   numbers stand in hidden fields, and go along to the next page. Without script its button works. */
(function () {
  "use strict";

  function grouped(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f"); }

  function euros(cents) {
    return grouped(Math.floor(cents / 100)) + "," + ("0" + (cents % 100)).slice(-2) + "\u00a0€";
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

    function elsewhere() {
      return Array.prototype.slice.call(form.querySelectorAll("[data-elsewhere]"));
    }

    function carry(names) {
      document.querySelectorAll(".pager a").forEach(function (link) {
        var address = new URL(link.href);
        address.searchParams.delete("op");
        names.forEach(function (name) { address.searchParams.append("op", name); });
        link.href = address.href;
      });
      document.querySelectorAll(".pager form").forEach(function (sizes) {
        sizes.querySelectorAll("[name=op]").forEach(function (field) { sizes.removeChild(field); });
        names.forEach(function (name) {
          var field = document.createElement("input");
          field.type = "hidden";
          field.name = "op";
          field.value = name;
          sizes.appendChild(field);
        });
      });
    }

    function count() {
      var others = elsewhere();
      var names = others.map(function (field) { return field.value; });
      var sum = others.reduce(function (total, field) {
        return total + Number(field.getAttribute("data-elsewhere"));
      }, 0);
      var here = 0;
      boxes.forEach(function (box) {
        row(box).classList.toggle("is-picked", box.checked);
        if (box.checked) {
          here += 1;
          names.push(box.value);
          sum += Number(box.getAttribute("data-cents"));
        }
      });
      bar.hidden = names.length === 0;
      bar.querySelector("[data-n]").textContent = grouped(names.length);
      bar.querySelector("[data-sum]").textContent = euros(sum);
      bar.querySelector("[data-of]").textContent = grouped(names.length) + "\u00a0/\u00a0" + bar.getAttribute("data-selection");
      if (all) { all.checked = here > 0 && here === boxes.length; }
      carry(names);
    }

    function set(checked) {
      boxes.forEach(function (box) { if (!box.disabled) { box.checked = checked; } });
      count();
    }

    bar.querySelectorAll("[data-scripted]").forEach(function (part) { part.hidden = false; });
    form.querySelectorAll("[data-unscripted]").forEach(function (part) { part.hidden = true; });
    boxes.forEach(function (box) { box.addEventListener("change", count); });
    if (all) {
      all.disabled = false;
      all.addEventListener("change", function () { set(all.checked); });
    }
    bar.querySelectorAll("[data-none]").forEach(function (button) {
      button.addEventListener("click", function () {
        elsewhere().forEach(function (field) { field.parentNode.removeChild(field); });
        set(false);
        if (boxes.length) { boxes[0].focus(); }
      });
    });
    window.addEventListener("pageshow", count);
  });
})();
