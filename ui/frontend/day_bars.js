// Rows of bars over the hours of a day. Drawn anew on every run; how far it was scrolled sideways stays.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".day"), first = !root.childElementCount, x = root.scrollLeft;
  const minutes = data.hours.length * 60;
  const place = (element, start, end) => {
    element.style.left = (start / minutes) * 100 + "%";
    element.style.width = ((end - start) / minutes) * 100 + "%";
    return element;
  };
  const bar = ({ start, end, until, color, lines, open }) => {
    const made = place(node("button", "bar " + color), start, Math.max(end, until));
    made.type = "button";
    made.disabled = !open;
    made.title = lines.join(" · ");
    if (until > end) {
      const over = node("span", "over");
      over.style.left = ((end - start) / (until - start)) * 100 + "%";
      made.append(over);
    }
    made.append(...lines.map((line, i) => node("span", ["line plate", "line what", "line where"][i], line)));
    made.onclick = () => setTriggerValue("tapped", { id: Date.now() + "-" + Math.random(), open });
    return made;
  };
  const row = ({ name, bars, ran }) => {
    const made = node("div", "row"), track = node("div", "track"), head = node("div", "name", name);
    made.setAttribute("role", "row");
    head.setAttribute("role", "rowheader");
    track.setAttribute("role", "cell");
    track.append(...bars.map(bar), ...ran.map(([start, end]) => place(node("i", "ran"), start, end)));
    made.append(head, track);
    return made;
  };
  const head = node("div", "row hours"), scale = node("div", "track");
  scale.append(...data.hours.map((hour, i) => place(node("span", "hour", hour), i * 60, i * 60 + 60)));
  head.append(node("div", "name"), scale);
  const grid = node("div", "grid");
  grid.style.setProperty("--hours", data.hours.length);
  grid.append(head, ...data.rows.map(row));
  if (data.now >= 0 && data.now <= minutes) {
    for (const track of grid.querySelectorAll(".track")) track.append(place(node("i", "now"), data.now, data.now));
  }
  root.replaceChildren(grid);
  root.scrollLeft = first ? (Math.max(data.now - 75, 0) / minutes) * (grid.scrollWidth - head.firstChild.offsetWidth) : x;
}

function node(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}
