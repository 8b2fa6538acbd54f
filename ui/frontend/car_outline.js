// The car is drawn anew from data on every run: cheap, and never out of step with the marks Python knows.
const REACH = 22;  // a mark is hit within this distance on the screen: 44 px across, however small the picture

export default function ({ data, parentElement, setTriggerValue }) {
  const svg = parentElement.querySelector("svg");
  const tones = isDark(parentElement) ? 2 : 1;
  svg.setAttribute("aria-label", data.label);
  const focused = parentElement.activeElement?.dataset?.id;
  svg.replaceChildren(...data.views.flatMap((view) => drawView(view, data.names[view.view])), ...drawMarks(data, tones, reachIn(svg)));
  if (focused) svg.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  drawKey(parentElement.querySelector(".key"), data, tones);
  const send = (value) => setTriggerValue("act", { id: Date.now() + "-" + Math.random(), ...value });
  svg.onclick = (event) => tapped(svg, data, event, send);
  svg.onkeydown = (event) => {
    const id = event.target.dataset?.id;
    if (id && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); send({ selected: id }); }
  };
}

function tapped(svg, data, event, send) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const reach = reachIn(svg);
  const near = data.marks
    .map((mark) => ({ mark, far: distance(at, where(data, mark)) }))
    .filter(({ far }) => far <= reach)
    .sort((one, other) => one.far - other.far)[0];
  if (near) return send({ selected: near.mark.id });
  const view = data.views.find(({ at: [x, y], width, height }) =>
    at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height);
  if (!view) return;
  svg.append(node("circle", { class: "pulse", cx: at.x, cy: at.y, r: 6 }));
  send({ view: view.view, x: (at.x - view.at[0]) / view.width, y: (at.y - view.at[1]) / view.height });
}

function drawView({ view, at: [x, y], width, height, paths }, name) {
  const mirrored = view === "right" ? ` translate(${width},0) scale(-1,1)` : "";
  const drawing = node("g", { class: "drawing", transform: `translate(${x},${y})${mirrored}` });
  drawing.append(...paths.map(([role, d]) => node("path", { class: role, d })));
  const caption = node("text", { class: "caption", x: x + width / 2, y: y - 10 });
  caption.textContent = name;
  return [node("rect", { class: "ground", "data-view": view, x, y, width, height }), drawing, caption];
}

function drawMarks(data, tones, reach) {
  return data.marks.map((mark) => {
    const { x, y } = where(data, mark), state = (mark.known ? " known" : "") + (mark.gone ? " gone" : "") + (mark.id === data.selected ? " selected" : "");
    const group = node("g", {
      class: "mark" + state, transform: `translate(${x},${y})`, style: `--tone:${data.signs[mark.kind][tones]}`, "data-id": mark.id,
      role: "button", tabindex: 0, "aria-label": `${data.names[mark.kind]}, ${data.names[mark.view]}`,
    });
    const sign = node("text", {});
    sign.textContent = data.signs[mark.kind][0];
    group.append(node("circle", { class: "target", r: reach }), node("circle", { class: "ring", r: 21 }), node("circle", { class: "dot", r: 16 }), sign,
      ...(mark.gone ? [node("path", { class: "cross", d: "M-12 12L12 -12" })] : []));
    return group;
  });
}

function drawKey(key, data, tones) {
  const kinds = Object.keys(data.signs).filter((kind) => data.marks.some((mark) => mark.kind === kind));
  key.replaceChildren(...kinds.map((kind) => {
    const item = document.createElement("span"), sign = document.createElement("b");
    sign.textContent = data.signs[kind][0];
    sign.style.setProperty("--tone", data.signs[kind][tones]);
    item.append(sign, data.names[kind]);
    return item;
  }));
}

function where(data, mark) {
  const view = data.views.find((one) => one.view === mark.view);
  return { x: view.at[0] + mark.x * view.width, y: view.at[1] + mark.y * view.height };
}

// In units of the picture.
const reachIn = (svg) => REACH / (svg.getScreenCTM()?.a || 1);

const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

function node(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

function isDark(root) {
  const probe = getComputedStyle(root.host ?? root).getPropertyValue("--st-background-color").trim();
  const value = parseInt(probe.replace("#", "").slice(0, 6), 16);
  return ((value >> 16) + ((value >> 8) & 255) + (value & 255)) / 3 < 128;
}
