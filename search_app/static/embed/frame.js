// Tells the page around this one how high the content is, on the screen and on paper: whenever that changes, and when the
// page asks. A height is no secret, so it is told to whichever page that is; a question is heard from that page alone.

// What paper leaves of the width on the screen: only the page around knows.
let share = 0;

const height = () => document.body.getBoundingClientRect().height;

/** The height with the rules for paper, put on and off between two pictures, so that nobody sees it. */
const onPaper = () => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const printed = rules.filter(({ media }) => media?.mediaText === "print").map(({ media }) => media);
  const { style } = document.documentElement;
  for (const media of printed) media.mediaText = "all";
  style.inlineSize = `${Math.floor(innerWidth * share)}px`;
  const measured = height();
  style.inlineSize = "";
  for (const media of printed) media.mediaText = "print";
  return measured;
};

const tell = () => {
  const paper = share ? onPaper() : null;
  parent.postMessage({ type: "recommendation-search:height", height: height(), paper }, "*");
};

if (parent !== self) {
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.type !== "recommendation-search:ask") return;
    share = data.share > 0 && data.share <= 1 ? data.share : 0;
    tell();
  });
}
