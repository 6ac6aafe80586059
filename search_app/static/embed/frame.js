// Tells the page around this one how high the content is: whenever that changes, and when the page asks.
// A height is no secret, so it is told to whichever page that is; a question is heard from that page alone.

const tell = () =>
  parent.postMessage({ type: "recommendation-search:height", height: document.body.getBoundingClientRect().height }, "*");

if (parent !== self) {
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.type === "recommendation-search:ask") tell();
  });
}
