// Opens trackers with exceljs, a reader that is not ours: every sheet has cells, no formula that is
// seen holds an error, and there are results, names, drop-downs, open cells, protection and tables.
// (exceljs tells no empty result from a missing one: the recalculation looks at those.)
// Usage: read_exceljs.mjs MODULES FILE…; with --can-fail first, a formula is given an error, and the
// file must be refused.
import { createRequire } from "node:module";
import path from "node:path";

const words = process.argv.slice(2);
const canFail = words[0] === "--can-fail" && words.shift();
const [modules, ...files] = words;
const require = createRequire(path.join(path.resolve(modules), "index.js"));
const ExcelJS = require("exceljs");

const isFormula = (value) => value && typeof value === "object" && "formula" in value;

/* A cohort's workbook is read only: nothing in it is filled in or worked out. */
function faults(book, cohort) {
  const found = [];
  let formulas = 0, results = 0, validations = 0, tables = 0, open = 0, guarded = 0;
  for (const sheet of book.worksheets) {
    if (sheet.state === "visible" && sheet.actualRowCount === 0) found.push(`${sheet.name} is empty`);
    sheet.eachRow((row) => row.eachCell((cell) => {
      if (cell.protection?.locked === false) open++;
      if (!isFormula(cell.value)) return;
      formulas++;
      const result = cell.value.result;
      if (result !== undefined) results++;
      if (sheet.state === "visible" && result?.error)
        found.push(`${sheet.name}!${cell.address} holds ${result.error}`);
    }));
    validations += Object.keys(sheet.dataValidations.model).length;
    tables += Object.keys(sheet.tables).length;
    guarded += sheet.sheetProtection?.sheet ? 1 : 0;
  }
  const counts = { formulas, results, validations, open, guarded, names: book.definedNames.model.length };
  for (const [what, count] of Object.entries(cohort ? {} : counts)) if (!count) found.push(`no ${what}`);
  return { found, formulas, tables };
}

let wrong = files.length === 0 ? 1 : 0, formulas = 0, tables = 0;
for (const file of files) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  if (canFail) {
    let done = false;
    for (const sheet of book.worksheets.filter((s) => s.state === "visible"))
      sheet.eachRow((row) => row.eachCell((cell) => {
        if (done || !isFormula(cell.value)) return;
        cell.value = { formula: cell.value.formula, result: { error: "#DIV/0!" } };
        done = true;
      }));
  }
  const seen = faults(book, file.includes("/cohort/"));
  formulas += seen.formulas;
  tables += seen.tables;
  if (canFail) wrong += seen.found.some((f) => f.endsWith("holds #DIV/0!")) ? 0 : 1;
  else for (const fault of seen.found) { console.error(`${file}: ${fault}`); wrong++; }
}
if (!tables) { console.error("no table in any file"); wrong++; }
console.log(`${files.length} files, ${formulas} formulas, ${tables} tables`);
process.exit(wrong ? 1 : 0);
