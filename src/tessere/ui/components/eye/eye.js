/* Show or hide a password. The page always comes back with the password hidden. */
(function () {
  "use strict";

  function set(button, shown) {
    var input = document.getElementById(button.getAttribute("data-eye"));
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  }

  document.querySelectorAll("[data-eye]").forEach(function (button) {
    var input = document.getElementById(button.getAttribute("data-eye"));
    var said = button.parentNode.querySelector("[data-eye-said]");
    if (!input) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      var shown = input.type === "password";
      set(button, shown);
      said.textContent = button.getAttribute(shown ? "data-shown" : "data-hidden");
    });
    if (input.form) { input.form.addEventListener("submit", function () { set(button, false); }); }
    window.addEventListener("pageshow", function () { set(button, false); });
  });
})();
