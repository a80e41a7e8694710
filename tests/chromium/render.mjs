// Draws pages with pdf.js in Chromium, fields as their appearances, as grey pictures (PGM).
// Usage: node render.mjs NODE_MODULES FILE.pdf DPI FOLDER PAGE…
import { readFile, writeFile } from "node:fs/promises";
import { withBrowser } from "./browser.mjs";

const [modules, path, dpi, folder, ...numbers] = process.argv.slice(2);

await withBrowser(modules, async (open, files) => {
  files.set("file.pdf", await readFile(path));
  const page = await open("file.pdf");
  for (const number of numbers) {
    const { width, height, grey } = await page.evaluate(
      ([at, scale]) => shown.draw(at, scale), [Number(number), dpi / 72]);
    await writeFile(`${folder}/${number}.pgm`, Buffer.concat(
      [Buffer.from(`P5\n${width} ${height}\n255\n`), Buffer.from(grey, "base64")]));
  }
});
