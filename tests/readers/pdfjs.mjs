// What pdf.js, the reader of Firefox, finds in a PDF: text, labels, outline, links, as JSON.
// Usage: node pdfjs.mjs PDFJS_FOLDER FILE.pdf OUTPUT.json [FILE.pdf OUTPUT.json …]
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [folder, ...pairs] = process.argv.slice(2);
const { getDocument, VerbosityLevel } = await import(
  pathToFileURL(`${folder}/legacy/build/pdf.mjs`));

async function read(path) {
  const document = await getDocument({
    data: new Uint8Array(await readFile(path)), verbosity: VerbosityLevel.WARNINGS,
    disableFontFace: true, useSystemFonts: false, isEvalSupported: false,
  }).promise;
  const where = async (target) => {
    const found = typeof target === "string" ? await document.getDestination(target) : target;
    if (!found) return null;
    return { page: await document.getPageIndex(found[0]), kind: found[1].name, top: found[3] };
  };
  const outline = [];
  const walk = async (items, level) => {
    for (const item of items ?? []) {
      outline.push({ title: item.title, level, ...(await where(item.dest)) });
      await walk(item.items, level + 1);
    }
  };
  await walk(await document.getOutline(), 1);
  const pages = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const links = [], fields = [];
    for (const note of await page.getAnnotations()) {
      if (note.subtype === "Widget") fields.push({ name: note.fieldName, value: note.fieldValue });
      if (note.subtype !== "Link") continue;
      links.push({ url: note.unsafeUrl ?? note.url ?? null, rect: note.rect,
                   to: note.dest ? await where(note.dest) : null });
    }
    pages.push({
      text: items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""),
      lines: items.filter((item) => item.str.trim())
        .map((item) => [item.str, item.transform[4], item.transform[5]]),
      links, fields,
    });
    page.cleanup();
  }
  const { info } = await document.getMetadata();
  const result = { pages, outline, info, labels: await document.getPageLabels(),
                   destinations: Object.keys(await document.getDestinations()).length };
  await document.destroy();
  return result;
}

for (let i = 0; i < pairs.length; i += 2) {
  await writeFile(pairs[i + 1], JSON.stringify(await read(pairs[i])));
}
