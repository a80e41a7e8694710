// A tracker of ours written by exceljs: peer_exceljs.mjs JSON OUT [COPIES], as peer_openpyxl.py does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const ExcelJS = require("exceljs");
const [source, out, copies] = process.argv.slice(2);
const book = JSON.parse(readFileSync(source, "utf8"));

function style([name, size, bold, ink, ground, boxed, wrapText, numFmt]) {
  const side = { style: "thin", color: { argb: "FFBFC5CC" } };
  return {
    font: { name, size, bold, color: { argb: "FF" + ink } },
    fill: ground ? { type: "pattern", pattern: "solid", fgColor: { argb: "FF" + ground } } : undefined,
    border: boxed ? { left: side, right: side, top: side, bottom: side } : undefined,
    alignment: { wrapText, vertical: "middle" },
    numFmt,
  };
}

async function write() {
  const file = new ExcelJS.Workbook();
  const looks = book.looks.map(style);
  for (const sheet of book.sheets) {
    const page = file.addWorksheet(sheet.name, { state: sheet.hidden ? "hidden" : "visible" });
    for (const [name, width] of sheet.widths) page.getColumn(name).width = width;
    for (const area of sheet.merges) page.mergeCells(area);
    for (const [row, column, value, look] of sheet.cells) {
      const cell = page.getCell(row, column);
      if (value !== null && (!cell.isMerged || cell.master === cell))
        cell.value = typeof value === "string" && value.startsWith("=") ? { formula: value.slice(1) } : value;
      cell.style = looks[look];
    }
    for (const [area, formula] of sheet.lists)
      for (const part of area.split(" "))
        page.dataValidations.add(part, { type: "list", formulae: [formula] });
  }
  await file.xlsx.writeFile(out);
}

const times = [];
for (let i = 0; i <= Number(copies ?? 0); i++) {
  const from = performance.now();
  await write();
  times.push(performance.now() - from);
}
console.log(JSON.stringify(times));
