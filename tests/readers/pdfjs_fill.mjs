// Fills a form in pdf.js, the reader of Firefox, as a person would, and saves it.
// Usage: node pdfjs_fill.mjs PDFJS_FOLDER FILE.pdf VALUES.json SAVED.pdf
// VALUES: full name → text; true or false for a check box; the state of a radio button.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [folder, path, wanted, saved] = process.argv.slice(2);
const { getDocument, VerbosityLevel } = await import(
  pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
const values = JSON.parse(await readFile(wanted));
const document = await getDocument({
  data: new Uint8Array(await readFile(path)), verbosity: VerbosityLevel.WARNINGS,
  disableFontFace: true, useSystemFonts: false, isEvalSupported: false,
}).promise;
for (let number = 1; number <= document.numPages; number++) {
  const page = await document.getPage(number);
  for (const note of await page.getAnnotations()) {
    if (note.subtype !== "Widget" || !(note.fieldName in values)) continue;
    const value = values[note.fieldName];
    document.annotationStorage.setValue(note.id, {
      value: note.radioButton ? note.buttonValue === value : value });
  }
  page.cleanup();
}
await writeFile(saved, await document.saveDocument());
await document.destroy();
