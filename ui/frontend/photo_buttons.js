// Two buttons for Streamlit's own file field, which stands hidden beside them and does the sending.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".photos");
  const [take, choose] = root.querySelectorAll("button"), word = root.querySelector(".word");
  take.querySelector("span").textContent = data.take;
  choose.querySelector("span").textContent = data.choose;
  choose.setAttribute("aria-label", `${data.choose}: ${data.label}`);
  take.setAttribute("aria-label", `${data.take}: ${data.label}`);
  if (root.turn !== data.turn) say(root, root.left ?? "", false);  // what was sent has arrived
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
    root.waits?.abort();  // the last choice was cancelled
    root.waits = new AbortController();
    const once = { once: true, capture: true, signal: root.waits.signal };
    input.addEventListener("change", (event) => handed(root, input, event, data), once);
    input.click();
  };
  take.onclick = () => open(true);
  choose.onclick = () => open(false);
}

// A photo is made small here, so that forty of them go through a garage's air; what the browser cannot read is sent as it is.
async function handed(root, input, event, data) {
  const files = [...input.files];
  if (!files.length) return;
  event.stopImmediatePropagation();
  const fits = files.filter((file) => file.size <= data.largest && isPicture(file));
  root.left = fits.length === files.length ? "" : files.some((file) => file.size > data.largest) ? data.too_big : data.unreadable;
  if (!fits.length) return say(root, root.left, false);
  say(root, data.sending, true);
  const sent = new DataTransfer();
  for (const file of fits) sent.items.add(await small(file, data.longest));
  input.files = sent.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// Streamlit's field takes nothing else, and would not say so.
const isPicture = (file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name);

async function small(file, longest) {
  try {
    const picture = await createImageBitmap(file), factor = Math.min(1, longest / Math.max(picture.width, picture.height));
    if (factor === 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * factor);
    canvas.height = Math.round(picture.height * factor);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    return made ? new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

function say(root, words, busy) {
  const word = root.querySelector(".word");
  word.textContent = words;
  word.classList.toggle("bad", !busy);
  root.querySelectorAll("button").forEach((button) => { button.disabled = busy; });
}
