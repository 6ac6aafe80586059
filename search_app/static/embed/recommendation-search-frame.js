// Makes each frame of the recommendation search on this page as high as what it shows, on the screen and on paper.
// Only messages of such a frame, sent by a page of the search, are heard; all that they can do is set a height.

const SEARCH = new URL("frame", import.meta.url);
const LOWEST = 100;
const HIGHEST = 20000;
// What a sheet of A4 or Letter has between its margins, in pixels.
const SHEET = 640;

const heights = new WeakMap();

const frames = () =>
  [...document.querySelectorAll("iframe")].filter((frame) => frame.src.split("?")[0] === SEARCH.href);

const size = (frame, inline, block) => {
  frame.style.inlineSize = inline;
  frame.style.blockSize = `${Math.min(Math.max(Math.ceil(block), LOWEST), HIGHEST)}px`;
};

/** How much of its width a frame keeps on paper, where it is as wide as ever in a page that is narrower. */
const share = () => Math.min(1, SHEET / innerWidth);

/** A frame that was there first told its height before anybody heard it. The question says nothing to anybody else. */
const ask = (frame) => frame.contentWindow.postMessage({ type: "recommendation-search:ask", share: share() }, "*");

addEventListener("message", ({ source, origin, data }) => {
  if (origin !== SEARCH.origin || data?.type !== "recommendation-search:height" || !Number.isFinite(data.height)) return;
  const frame = frames().find((each) => each.contentWindow === source);
  if (!frame) return;
  heights.set(frame, data);
  size(frame, "100%", data.height);
});

// A page that is to be printed cannot wait for an answer, so the height on paper is known beforehand; the width is the
// one that it was measured at.
addEventListener("beforeprint", () => {
  for (const frame of frames()) {
    const { paper } = heights.get(frame) ?? {};
    if (Number.isFinite(paper)) size(frame, `${Math.floor(frame.clientWidth * share())}px`, paper);
  }
});
addEventListener("afterprint", () => {
  for (const frame of frames()) if (heights.has(frame)) size(frame, "100%", heights.get(frame).height);
});

addEventListener("resize", () => frames().forEach(ask));
document.addEventListener("load", ({ target }) => frames().includes(target) && ask(target), true);
frames().forEach(ask);
