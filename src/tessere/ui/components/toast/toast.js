/* A toast or a piece of news can be closed. The focus, which was on its button, goes to the page. */
(function () {
  "use strict";

  document.querySelectorAll("[data-dismiss]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      button.parentNode.parentNode.removeChild(button.parentNode);
      document.getElementById("contenu").focus();
    });
  });
})();
