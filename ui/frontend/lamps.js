// One button for each lamp. A tap shows at once; what Python knows is drawn on every run.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".lamps"), grid = root.querySelector(".grid");
  root.querySelector(".label").textContent = data.label;
  grid.setAttribute("aria-label", data.label);
  const send = (value) => setTriggerValue("tapped", { id: Date.now() + "-" + Math.random(), ...value });
  if (grid.children.length !== data.lamps.length + 1) {
    const none = { shapes: [["line", "M10 25l9 10 19-22"]], color: "none" };
    grid.replaceChildren(...[none, ...data.lamps].map(button));
  }
  const [none, ...lamps] = grid.children;
  show(none, data.none, () => { lamps.forEach((one) => press(one, false)); press(none, true); send({ none: true }); });
  data.lamps.forEach((lamp, i) => show(lamps[i], lamp, (on) => {
    press(lamps[i], on);
    if (on) press(none, false);
    send({ lamp: lamp.lamp, on });
  }));
}

function button({ shapes, color, lamp }) {
  const made = document.createElement("button"), svg = node("svg", { viewBox: "0 0 48 48", "aria-hidden": "true" });
  made.type = "button";
  made.className = color;
  made.dataset.lamp = lamp ?? "none";
  svg.append(...shapes.map(([role, d]) => {
    const shape = node(role === "word" ? "text" : "path", role === "word" ? { class: role, x: 24, y: 24.5 } : { class: role, d });
    if (role === "word") shape.textContent = d;
    return shape;
  }));
  made.append(svg, document.createElement("span"));
  return made;
}

function show(element, { word, on }, tapped) {
  element.querySelector("span").textContent = word;
  press(element, on);
  element.onclick = () => tapped(element.getAttribute("aria-pressed") !== "true");
}

const press = (element, on) => element.setAttribute("aria-pressed", String(on));

function node(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}
