// Rows of bars over the hours of a day. Drawn anew on every run; how far it was scrolled sideways stays.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".day"), first = !root.childElementCount, x = root.scrollLeft;
  const minutes = data.hours.length * 60;
  const place = (element, start, end) => {
    element.style.left = (start / minutes) * 100 + "%";
    element.style.width = ((end - start) / minutes) * 100 + "%";
    return element;
  };
  const bar = ({ start, end, until, color, lines, open, lane, lanes }) => {
    const made = place(node("button", "bar " + color), start, Math.max(end, until));
    made.type = "button";
    made.disabled = !open;
    if (lanes > 1) {
      made.classList.add("low");
      made.style.top = `calc(4px + (100% - 15px) * ${lane / lanes})`;
      made.style.bottom = `calc(11px + (100% - 15px) * ${1 - (lane + 1) / lanes})`;
    }
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
    track.append(...besides(bars).map(bar), ...ran.map(([start, end]) => place(node("i", "ran"), start, end)));
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

// What overlaps shares the height of the row instead of covering each other.
function besides(bars) {
  const placed = bars.map((bar) => ({ ...bar })).sort((a, b) => a.start - b.start);
  let group = [], ends = [];
  for (const bar of placed) {
    if (ends.every((end) => end <= bar.start)) [group, ends] = [[], []];
    const free = ends.findIndex((end) => end <= bar.start);
    bar.lane = free < 0 ? ends.length : free;
    ends[bar.lane] = Math.max(bar.end, bar.until);
    group.push(bar);
    for (const one of group) one.lanes = ends.length;
  }
  return placed;
}

function node(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}
