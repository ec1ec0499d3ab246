/* Reads a QR code by camera, or from a picture, into a field. The typed field is always there.
   An address in the code is followed only on this very site and under the path that is expected. */
(function () {
  "use strict";

  var EVERY_MS = 120;
  var LARGEST_SIDE = 1200;

  function loadDecoder(address) {
    if (window.jsQR) { return Promise.resolve(); }
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  function decode(canvas, source, width, height) {
    var scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    var brush = canvas.getContext("2d");
    brush.drawImage(source, 0, 0, canvas.width, canvas.height);
    if (window.BarcodeDetector) {
      return new window.BarcodeDetector({ formats: ["qr_code"] }).detect(canvas)
        .then(function (found) { return found.length ? found[0].rawValue : decodeHere(canvas, brush); })
        .catch(function () { return decodeHere(canvas, brush); });
    }
    return Promise.resolve(decodeHere(canvas, brush));
  }

  function decodeHere(canvas, brush) {
    var picture = brush.getImageData(0, 0, canvas.width, canvas.height);
    var found = window.jsQR(picture.data, canvas.width, canvas.height);
    return found ? found.data : "";
  }

  function ownAddress(text, path) {
    var address;
    if (!path) { return ""; }
    try { address = new URL(text, window.location.href); } catch (error) { return ""; }
    return address.origin === window.location.origin && address.pathname.indexOf(path) === 0 ? address.href : "";
  }

  document.querySelectorAll("[data-scanner]").forEach(function (root) {
    var target = document.getElementById(root.getAttribute("data-target"));
    if (!target || !target.form) { return; }
    var finder = root.querySelector("[data-finder]");
    var video = root.querySelector("[data-video]");
    var open = document.querySelector('[data-scan="' + root.getAttribute("data-target") + '"]');
    var stop = root.querySelector("[data-stop]");
    var photo = root.querySelector("[data-photo]");
    var said = root.querySelector("[data-said]");
    var canvas = document.createElement("canvas");
    var stream = null;
    var asked = 0;

    function say(what) { said.textContent = what ? root.getAttribute("data-said-" + what) : ""; }

    /* One button takes the place of the other, with the focus. */
    function swap(gone, shown) {
      var held = document.activeElement === gone;
      gone.hidden = true;
      shown.hidden = false;
      if (held) { shown.focus(); }
    }

    function close() {
      asked += 1;
      if (stream) { stream.getTracks().forEach(function (track) { track.stop(); }); }
      stream = null;
      video.srcObject = null;
      finder.hidden = true;
      swap(stop, open);
    }

    function use(text) {
      var address = /^https?:/i.test(text) ? ownAddress(text, root.getAttribute("data-path")) : "";
      if (address) {
        say("read");
        window.location.assign(address);
        return true;
      }
      if (!new RegExp("^(?:" + root.getAttribute("data-pattern") + ")$").test(text.trim())) {
        say("foreign");
        return false;
      }
      say("read");
      target.value = text.trim();
      var button = target.form.querySelector("[type=submit]");
      if (button) { button.click(); } else { target.form.submit(); }
      return true;
    }

    function look(turn) {
      if (turn !== asked || !stream) { return; }
      var ready = video.readyState >= 2 && video.videoWidth > 0;
      var reading = ready ? decode(canvas, video, video.videoWidth, video.videoHeight) : Promise.resolve("");
      reading.then(function (text) {
        if (turn !== asked) { return; }
        if (text && use(text)) { close(); return; }
        window.setTimeout(function () { look(turn); }, EVERY_MS);
      });
    }

    function refuse() {
      close();
      say("refused");
    }

    function start() {
      if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { refuse(); return; }
      asked += 1;
      var turn = asked;
      say("");
      finder.hidden = false;
      swap(open, stop);
      finder.scrollIntoView({ block: "nearest" });
      loadDecoder(root.getAttribute("data-decoder"))
        .then(function () {
          return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
        })
        .then(function (camera) {
          if (turn !== asked) {
            camera.getTracks().forEach(function (track) { track.stop(); });
            return;
          }
          stream = camera;
          video.srcObject = camera;
          video.play();
          look(turn);
        })
        .catch(function () { if (turn === asked) { refuse(); } });
    }

    function readPhoto() {
      if (!photo.files.length) { return; }
      var file = photo.files[0];
      loadDecoder(root.getAttribute("data-decoder"))
        // eslint-disable-next-line compat/compat -- where it is lacking the control is hidden, below
        .then(function () { return window.createImageBitmap(file); })
        .then(function (picture) { return decode(canvas, picture, picture.width, picture.height); })
        .then(function (text) { if (text) { use(text); } else { say("unreadable"); } })
        .catch(function () { say("unreadable"); })
        .then(function () { photo.value = ""; });
    }

    if (!open) { return; }
    root.hidden = false;
    open.hidden = false;
    open.addEventListener("click", start);
    stop.addEventListener("click", close);
    // Another way would need pictures from blob: addresses, which a strict policy refuses.
    if (window.createImageBitmap) {
      photo.addEventListener("change", readPhoto);
    } else {
      photo.parentNode.hidden = true;
    }
    window.addEventListener("pagehide", close);
    if (root.hasAttribute("data-auto")) { start(); }
  });
})();
