// Keeps the clock going, pages through many cars, and fetches the board anew; a server that is away is asked again.
(function () {
  "use strict";
  var REFRESH = 20000, TURN = 10000, page = 0, started = Date.now();
  var clock = document.getElementById("clock");

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function tick() {
    var seconds = (Number(clock.getAttribute("data-seconds")) + Math.floor((Date.now() - started) / 1000)) % 86400;
    clock.textContent = two(Math.floor(seconds / 3600)) + ":" + two(Math.floor(seconds / 60) % 60);
  }

  function show() {
    var board = document.getElementById("board"), rows = [].slice.call(board.querySelectorAll("li"));
    rows.forEach(function (row) { row.hidden = false; });
    var tallest = rows.reduce(function (most, row) { return Math.max(most, row.offsetHeight); }, 1);
    var gap = rows.length > 1 ? rows[1].offsetTop - rows[0].offsetTop - rows[0].offsetHeight : 0;
    var each = Math.max(1, Math.floor(board.clientHeight / (tallest + gap)));
    var pages = Math.max(1, Math.ceil(rows.length / each));
    page = page % pages;
    rows.forEach(function (row, place) { row.hidden = Math.floor(place / each) !== page; });
    document.getElementById("pages").textContent = pages > 1 ? (page + 1) + " / " + pages : "";
  }

  function away(is) { document.getElementById("offline").hidden = !is; }

  function refresh() {
    fetch(location.href, {cache: "no-store"}).then(function (answer) {
      if (answer.status === 404) { location.reload(); return null; }
      if (!answer.ok || answer.redirected) { throw new Error("not there"); }
      return answer.text();
    }).then(function (text) {
      if (text === null) { return; }
      var fresh = new DOMParser().parseFromString(text, "text/html"), board = fresh.getElementById("board");
      if (!board) { throw new Error("not a board"); }
      document.getElementById("board").innerHTML = board.innerHTML;
      clock.setAttribute("data-seconds", fresh.getElementById("clock").getAttribute("data-seconds"));
      started = Date.now();
      away(false);
      tick();
      show();
    }).catch(function () { away(true); });
  }

  document.querySelector("main").style.overflow = "hidden";
  window.addEventListener("resize", show);
  setInterval(tick, 1000);
  setInterval(function () { page += 1; show(); }, TURN);
  setInterval(refresh, REFRESH);
  tick();
  show();
}());
