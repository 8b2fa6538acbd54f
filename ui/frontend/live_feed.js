// One connection per address and tab, however many boards listen; the last board to leave closes it.
const feeds = (globalThis.serviceLaneFeeds ??= new Map());
const RETRY = 5000;  // milliseconds; the browser itself only retries a broken line, not a refused one

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector("span");
  root.listener ??= listen(root, data.address);
  root.listener.report = (version) => setStateValue("version", version);
  root.listener.drawn(data.seen);
  return root.listener.stop;
}

function listen(root, address) {
  let seen = "";
  const listener = {
    report: () => {},
    drawn: (version) => { if (version) { seen = version; listener.hear(feed.version); } },
    hear: (version) => {
      if (!version || version === seen) return;
      const first = !seen;
      seen = version;
      if (!first) listener.report(version);
    },
    stop: () => { leave(feed, listener); root.listener = undefined; },
  };
  const feed = join(address, listener);
  return listener;
}

function join(address, listener) {
  const feed = feeds.get(address) ?? { address, version: "", listeners: new Set() };
  feeds.set(address, feed);
  feed.listeners.add(listener);
  if (!feed.source) open(feed);
  return feed;
}

function open(feed) {
  feed.source = new EventSource(feed.address);
  feed.source.onmessage = ({ data }) => {
    feed.version = data;
    for (const listener of feed.listeners) listener.hear(data);
  };
  feed.source.onerror = () => {
    if (feed.source.readyState !== EventSource.CLOSED) return;
    clearTimeout(feed.timer);
    feed.timer = setTimeout(() => open(feed), RETRY);
  };
}

function leave(feed, listener) {
  feed.listeners.delete(listener);
  if (feed.listeners.size) return;
  clearTimeout(feed.timer);
  feed.source.close();
  feeds.delete(feed.address);
}
