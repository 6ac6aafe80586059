// Makes each frame of the recommendation search on this page as high as what it shows.
// Only messages of such a frame, sent by a page of the search, are heard; all that they can do is set a height.

const SEARCH = new URL("frame", import.meta.url);
const LOWEST = 100;
const HIGHEST = 20000;

const frames = () =>
  [...document.querySelectorAll("iframe")].filter((frame) => frame.src.split("?")[0] === SEARCH.href);

addEventListener("message", ({ source, origin, data }) => {
  if (origin !== SEARCH.origin || data?.type !== "recommendation-search:height" || !Number.isFinite(data.height)) return;
  const frame = frames().find((each) => each.contentWindow === source);
  if (!frame) return;
  frame.style.inlineSize = "100%";
  frame.style.blockSize = `${Math.min(Math.max(Math.ceil(data.height), LOWEST), HIGHEST)}px`;
});

// A frame that is there already has told its height before anybody heard it. The question says nothing to anybody else.
for (const frame of frames()) frame.contentWindow.postMessage({ type: "recommendation-search:ask" }, "*");
