// Two buttons for Streamlit's own file field, which stands hidden beside them and does the sending.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".photos");
  const [take, choose] = root.querySelectorAll("button"), word = root.querySelector(".word");
  take.querySelector("span").textContent = data.take;
  choose.querySelector("span").textContent = data.choose;
  choose.setAttribute("aria-label", `${data.choose}: ${data.label}`);
  take.setAttribute("aria-label", `${data.take}: ${data.label}`);
  if (root.turn !== data.turn) say(root, "", false);  // what was sent has arrived
  root.turn = data.turn;

  const field = () => document.querySelector(`.${CSS.escape(data.field)} input[type=file]`);
  const open = (camera) => {
    const input = field();
    if (!input) return;
    // `capture` opens the rear camera at once; without it a tablet asks where the picture comes from.
    input.toggleAttribute("capture", camera);
    if (camera) input.setAttribute("capture", "environment");
    input.accept = camera ? "image/*" : data.accepted;
    input.multiple = data.several && !camera;
    input.addEventListener("change", () => handed(root, input, data), { once: true, capture: true });
    input.click();
  };
  take.onclick = () => open(true);
  choose.onclick = () => open(false);
}

function handed(root, input, data) {
  const files = [...input.files];
  if (!files.length) return;
  const fits = files.some((file) => file.size <= data.largest);
  say(root, fits ? data.sending : data.too_big, fits);
}

function say(root, words, busy) {
  const word = root.querySelector(".word");
  word.textContent = words;
  word.classList.toggle("bad", !busy);
  root.querySelectorAll("button").forEach((button) => { button.disabled = busy; });
}
