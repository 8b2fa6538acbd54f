// Signature pad. Streamlit runs the default export again on every rerun, so the pad is set up once per mount;
// strokes live in a map by key, so that a remount (a dialog drawn anew) keeps what was drawn.
const MAX_STROKES = 200, MAX_POINTS = 20000, STEP = 1;
const drafts = (globalThis.serviceLaneSignatures ??= new Map());

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pad");
  root.querySelector("canvas").setAttribute("aria-label", data.label);
  root.querySelector(".label").textContent = data.label;
  root.querySelector(".clear").textContent = data.clear;
  root.querySelector(".accept").textContent = data.accept;
  root.pad ??= makePad(root, data.key);
  root.pad.least = data.least;
  root.pad.little = data.little;
  root.pad.send = (value) => setTriggerValue("signed", value);
  return root.pad.stop;
}

function makePad(root, key) {
  const canvas = root.querySelector("canvas"), accept = root.querySelector(".accept"), clear = root.querySelector(".clear");
  const ink = canvas.getContext("2d");
  const pad = { send: () => {}, stop: () => {}, least: 0, little: "" };
  const word = root.querySelector(".little");
  const draft = drafts.get(key) ?? { strokes: [], width: 0, signed: false };
  drafts.set(key, draft);
  let open = null, pointer = null;

  const points = () => draft.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  const draw = () => {
    ink.clearRect(0, 0, canvas.width, canvas.height);
    paint(ink, draft.strokes);
    root.classList.toggle("signed", draft.signed);
    root.classList.toggle("empty", !draft.strokes.length);
    accept.disabled = draft.signed || !draft.strokes.length;
    clear.disabled = !draft.strokes.length;
  };
  const fit = () => {
    const width = canvas.clientWidth, scale = Math.max(2, devicePixelRatio || 1);
    if (!width) return;
    if (draft.width > width) shrink(draft.strokes, width / draft.width);  // turned to portrait: nothing falls off
    draft.width = width;
    canvas.width = width * scale;
    canvas.height = canvas.clientHeight * scale;
    ink.setTransform(scale, 0, 0, scale, 0, 0);
    draw();
  };
  const add = (event) => {
    const [x, y] = place(canvas, event), last = open.at(-1);
    if (last && Math.hypot(x - last[0], y - last[1]) < STEP) return;
    if (points() < MAX_POINTS) open.push([x, y, Math.round(event.timeStamp)]);
  };
  canvas.onpointerdown = (event) => {
    event.preventDefault();
    if (pointer !== null || draft.signed || draft.strokes.length >= MAX_STROKES || points() >= MAX_POINTS) return;
    pointer = event.pointerId;  // the first finger draws; a resting palm does not
    canvas.setPointerCapture(pointer);
    word.textContent = "";
    draft.strokes.push((open = []));
    add(event);
    draw();
  };
  // Without this the browser reads a quick stroke as a fling and swallows the next tap, which is the one on "accept".
  canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  canvas.onpointermove = (event) => {
    if (event.pointerId !== pointer) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    (steps.length ? steps : [event]).forEach(add);
    draw();
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    if (event.pointerId === pointer) pointer = open = null;
  };
  clear.onclick = () => { word.textContent = ""; draft.strokes = []; draft.signed = false; pointer = open = null; draw(); };
  accept.onclick = () => {
    if (accept.disabled) return;
    word.textContent = length(draft.strokes) < pad.least ? pad.little : "";
    if (word.textContent) return;
    draft.signed = true;
    draw();
    pad.send({ id: Date.now() + "-" + Math.random(), png: picture(canvas, draft.strokes), strokes: draft.strokes });
  };
  const observer = new ResizeObserver(fit);
  observer.observe(canvas);
  // A finished signature leaves the memory with its pad: the next customer never meets it.
  pad.stop = () => { observer.disconnect(); if (draft.signed) drafts.delete(key); root.pad = undefined; };
  fit();
  return pad;
}

function place(canvas, event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top].map((value) => Math.round(value * 10) / 10);
}

// All strokes together, in points of the screen: a dot is no signature (services/files.py says how much is).
function length(strokes) {
  const steps = (stroke) => stroke.slice(1).map(([x, y], i) => Math.hypot(x - stroke[i][0], y - stroke[i][1]));
  return strokes.flatMap(steps).reduce((sum, step) => sum + step, 0);
}

function shrink(strokes, factor) {
  for (const stroke of strokes) for (const point of stroke) { point[0] *= factor; point[1] *= factor; }
}

function paint(ink, strokes) {
  Object.assign(ink, { lineWidth: 2.5, lineCap: "round", lineJoin: "round", strokeStyle: "#15202b" });
  for (const stroke of strokes) {
    ink.beginPath();
    stroke.forEach(([x, y], i) => (i ? ink.lineTo(x, y) : ink.moveTo(x, y)));
    if (stroke.length === 1) ink.lineTo(stroke[0][0] + 0.1, stroke[0][1]);
    ink.stroke();
  }
}

// A copy of its own size, so that a very sharp display does not make a very large file.
function picture(canvas, strokes) {
  const copy = document.createElement("canvas"), scale = Math.min(2, 1600 / canvas.clientWidth);
  copy.width = canvas.clientWidth * scale;
  copy.height = canvas.clientHeight * scale;
  const ink = copy.getContext("2d");
  ink.scale(scale, scale);
  paint(ink, strokes);
  return copy.toDataURL("image/png");
}
