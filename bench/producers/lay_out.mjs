// Lays the invented document out with jsPDF: node lay_out.mjs MODULES DOCUMENT.json OUT.pdf
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const [modules, source, target] = process.argv.slice(2);
const { jsPDF } = createRequire(modules + "/")("jspdf");
const given = JSON.parse(readFileSync(source, "utf8"));
const pdf = new jsPDF({ unit: "mm", format: [148, 210] });
const LEFT = 30, RIGHT = 118, TOP = 30, BOTTOM = 175, LINE = 4.4;
const SIZES = { plain: 10, raised: 6.5, lowered: 6.5, note: 6.5 };
const SHIFTS = { plain: 0, raised: -1.2, lowered: 0.8, note: -1.2 };
let y = TOP, notes = [];

pdf.setFont("times", "normal");

function width(fragment, size) {
  pdf.setFontSize(fragment.kind === "plain" ? size : SIZES[fragment.kind]);
  return pdf.getTextWidth(fragment.text);
}

// Words of a text, each a list of fragments of one look; a soft hyphen is taken away.
function words(fragments) {
  const found = [[]];
  for (const { kind, text } of fragments) {
    const parts = text.replaceAll("\u00ad", "").split(" ");
    parts.forEach((part, number) => {
      if (number) found.push([]);
      if (part) found.at(-1).push({ kind, text: part });
    });
  }
  return found.filter((word) => word.length);
}

function lines(fragments, room, size) {
  pdf.setFontSize(size);
  const blank = pdf.getTextWidth(" ");
  const found = [];
  let used = Infinity;
  for (const word of words(fragments)) {
    const wide = word.reduce((sum, fragment) => sum + width(fragment, size), 0);
    if (used + blank + wide > room) { found.push([]); used = -blank; }
    found.at(-1).push(word);
    used += blank + wide;
  }
  return found;
}

function draw(line, x, size) {
  // What has one look is drawn in one go, as programs do that call doc.text() for each line.
  const joined = [];
  line.forEach((word, number) => word.forEach((fragment, place) => {
    const text = (number && !place ? " " : "") + fragment.text;
    if (joined.length && joined.at(-1).kind === "plain" && fragment.kind === "plain") joined.at(-1).text += text;
    else joined.push({ kind: fragment.kind, text });
  }));
  for (const fragment of joined) {
    pdf.setFontSize(fragment.kind === "plain" ? size : SIZES[fragment.kind]);
    pdf.text(fragment.text, x, y + SHIFTS[fragment.kind]);
    x += pdf.getTextWidth(fragment.text);
  }
}

function finish() {
  pdf.setFontSize(8);
  pdf.text(given.header, 74, 15, { align: "center" });
  pdf.text(`${given.footer} ${pdf.getNumberOfPages()}`, 74, 200, { align: "center" });
  const after = y;
  y = 195 - 3.4 * notes.length;
  for (const note of notes) {
    draw([[{ kind: "note", text: String(note) }], ...words([{ kind: "plain", text: given.notes[note - 1] }])], LEFT, 8);
    y += 3.4;
  }
  notes = [];
  y = after;
}

function paragraph(fragments, left, label = null, size = 10) {
  lines(fragments, RIGHT - left, size).forEach((line, number) => {
    if (y > BOTTOM) { finish(); pdf.addPage(); y = TOP; }
    if (label && !number) { pdf.setFontSize(size); pdf.text(label, left - 7, y); }
    draw(line, left, size);
    for (const fragment of line.flat()) if (fragment.kind === "note") notes.push(Number(fragment.text));
    y += LINE;
  });
  y += 2;
}

function heading(text) {
  pdf.setFont("times", "bold");
  paragraph([{ kind: "plain", text }], LEFT, null, 12);
  pdf.setFont("times", "normal");
}

heading(given.title);
paragraph(given.introduction, LEFT);
heading(given.heading);
given.recommendations.forEach((each, number) => {
  paragraph(each.text, LEFT + 7, `${number + 1}.`);
  each.points.forEach((point, place) => paragraph(point, LEFT + 14, `(${"abcdef"[place]})`));
});
heading(given.closing[0]);
paragraph([{ kind: "plain", text: given.closing[1] }], LEFT);
finish();
writeFileSync(target, Buffer.from(pdf.output("arraybuffer")));
