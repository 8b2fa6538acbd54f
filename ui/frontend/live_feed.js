// One connection per address and tab, however many boards listen; the last board to leave closes it.
// Boards are asked one after the other, because Streamlit breaks off a fragment that runs when another one is asked for.
// A board is asked again when it has not said that it was drawn.
const feeds = (globalThis.serviceLaneFeeds ??= new Map());
// Many acts one after the other lead to one drawing in REST, not to one each.
const RECONNECT = 5000, PATIENCE = 3000, LONGEST = 60000, REST = 1000;  // milliseconds

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("span");
  root.listener ??= listen(root, data.address);
  root.listener.report = (version) => setTriggerValue("version", version);
  root.listener.drawn(data.seen, data.again);
  return root.listener.stop;
}

function listen(root, address) {
  const listener = { seen: null, report: () => {}, patience: PATIENCE, after: 0, rested: 0 };
  const feed = join(address, listener);
  listener.drawn = (version, again) => {
    clearTimeout(listener.outdated);
    if (again) listener.outdated = setTimeout(() => { listener.seen = ""; ask(feed); }, again * 1000);
    if (version !== listener.seen) Object.assign(listener, { seen: version, patience: PATIENCE, after: 0, rested: Date.now() + REST });
    if (feed.asked === listener) release(feed);
    else ask(feed);
  };
  listener.stop = () => { leave(feed, listener); root.listener = undefined; };
  return listener;
}

// Ask the next board that has not drawn the newest version, unless one is still at it.
function ask(feed) {
  if (feed.asked || !feed.version) return;
  const late = [...feed.listeners].filter((listener) => listener.seen !== null && listener.seen !== feed.version);
  const due = (listener) => Math.max(listener.after, listener.rested), now = Date.now();
  const next = late.find((listener) => due(listener) <= now);
  clearTimeout(feed.turn);
  if (next) {
    feed.asked = next;
    next.after = Date.now() + next.patience;
    next.patience = Math.min(next.patience * 2, LONGEST);
    feed.turn = setTimeout(() => release(feed), PATIENCE);
    next.report(feed.version);
  } else if (late.length) {
    feed.turn = setTimeout(() => ask(feed), Math.min(...late.map(due)) - now);
  }
}

function release(feed) {
  feed.asked = null;
  clearTimeout(feed.turn);
  ask(feed);
}

function join(address, listener) {
  const feed = feeds.get(address) ?? { address, version: "", listeners: new Set(), asked: null };
  feeds.set(address, feed);
  feed.listeners.add(listener);
  if (!feed.source) open(feed);
  return feed;
}

function open(feed) {
  feed.source = new EventSource(feed.address);
  feed.source.onmessage = ({ data }) => {
    feed.version = data;
    for (const listener of feed.listeners) Object.assign(listener, { patience: PATIENCE, after: 0 });
    ask(feed);
  };
  // The browser itself takes up a broken line, but not one that was refused.
  feed.source.onerror = () => {
    if (feed.source.readyState !== EventSource.CLOSED) return;
    clearTimeout(feed.reopening);
    feed.reopening = setTimeout(() => open(feed), RECONNECT);
  };
}

function leave(feed, listener) {
  feed.listeners.delete(listener);
  clearTimeout(listener.outdated);
  if (feed.asked === listener) release(feed);
  if (feed.listeners.size) return;
  clearTimeout(feed.reopening);
  clearTimeout(feed.turn);
  feed.source.close();
  feeds.delete(feed.address);
}
