// Only a convenience: a pad of large keys, and the PIN field ready after a name was tapped. The form works without it.
"use strict";
const pin = document.getElementById("pin");
const pad = document.querySelector(".pad");
const touch = matchMedia("(pointer: coarse)").matches;

function press(key) {
  pin.value = key === "⌫" ? pin.value.slice(0, -1) : pin.value + key;
}

for (const key of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫"]) {
  const button = document.createElement(key ? "button" : "span");
  button.textContent = key;
  if (key) {
    button.type = "button";
    button.addEventListener("click", () => press(key));
  }
  pad.append(button);
}
pad.hidden = false;

for (const name of document.querySelectorAll("input[name=staff]")) {
  name.addEventListener("change", () => {
    pin.value = "";
    if (!touch) pin.focus(); // on a tablet the pad is there; the keyboard would hide it
  });
}
if (touch) pin.blur();
