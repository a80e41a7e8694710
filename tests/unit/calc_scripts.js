// Scripts of calc/ in a real interpreter: their values against those of the evaluator.
//
//     test_calc_print write DIR 200 && node calc_scripts.js DIR
//
// Nothing newer than ECMAScript 3 is used by what is tested; this file itself may. It also writes
// DIR/flat.js, the same comparison for interpreters without files: mutool run DIR/flat.js.
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const folder = process.argv[2];
const lines = (name) =>
  fs.readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean).map((l) => l.split('\t'));
const value = (data) =>
  data[0] === 'n' ? Number(data.slice(1))
  : data[0] === 'b' ? data === 'bTRUE'
  : data[0] === 't' ? data.slice(1)
  : null;

const cells = lines('cells.tsv');
const inputs = (filled) => {
  const all = {};
  for (const [, name, kind, ...data] of cells) {
    const values = data.filter((_, i) => i % 2).map(value);
    all[name] = kind === 'list' ? (filled ? values : []) : filled ? values[0] : null;
  }
  return all;
};
const library = fs.readFileSync(path.join(folder, 'library.js'), 'utf8');
const today = Date.UTC(2026, 11, 15) / 86400000;
let wrong = 0, compared = 0;

const alike = (given, expected, isDate) => {
  if (typeof expected === 'number' && typeof given === 'number') {
    const days = isDate ? given + 25569 : given;
    return days === expected || Math.abs(days - expected) <= 1e-12 * Math.abs(expected);
  }
  return given === expected;
};

for (const filled of [true, false]) {
  const context = vm.createContext({ $: inputs(filled), as_of: today });
  vm.runInContext(library, context);
  for (const [text, , script, full, blank] of lines('formulas.tsv')) {
    const expected = value(filled ? full : blank);
    const given = vm.runInContext(script, context);
    compared++;
    if (!alike(given, expected, false) && !alike(given, expected, true)) {
      wrong++;
      if (wrong <= 20) console.log(`${filled ? 'filled' : 'blank'}: ${text}\n  ${script}\n  gives ${given}, not ${expected}`);
    }
  }
}

// The same for a viewer's interpreter (MuPDF's mujs).
const literal = (v) => (v === Infinity ? '1/0' : JSON.stringify(v === undefined ? null : v));
const flat = [library, `var as_of = ${today}, wrong = 0, compared = 0, $;
function check(text, given, expected) {
  compared++;
  var same = given === expected;
  if (typeof given === 'number' && typeof expected === 'number')
    same = Math.abs(given - expected) <= 1e-12 * Math.abs(expected) || given + 25569 === expected;
  if (!same && wrong++ < 20) print(text + ' gives ' + given + ', not ' + expected);
}`];
for (const filled of [true, false]) {
  flat.push(`$ = ${JSON.stringify(inputs(filled), (_, v) => (v === undefined ? null : v))};`);
  for (const [text, , script, full, blank] of lines('formulas.tsv'))
    flat.push(`check(${JSON.stringify(text)}, ${script}, ${literal(value(filled ? full : blank))});`);
}
const typedChecks = () => {
  for (const [script, expected] of typed) flat.push(`check(${JSON.stringify(script)}, ${script}, ${literal(expected)});`);
  flat.push("print(compared + ' values compared, ' + wrong + ' differ');");
  fs.writeFileSync(path.join(folder, 'flat.js'), flat.join('\n'));
};

// Reading what people type, and showing what was worked out.
const context = vm.createContext({});
vm.runInContext(library, context);
const typed = [
  ["tandem.number('1,234.5')", 1234.5], ["tandem.number('1.234,5')", 1234.5],
  ["tandem.number('1,234')", 1234], ["tandem.number('1,5')", 1.5], ["tandem.number('£1,234.50')", 1234.5],
  ["tandem.number(' 12 ')", 12], ["tandem.number('')", null], ["tandem.number('Off')", null],
  ["tandem.number('twelve')", null], ["tandem.number('-3')", -3], ["tandem.number('\\u22123')", -3],
  ["tandem.number('1\\u202f234,5')", 1234.5], ["tandem.number('1,2,3')", null], ["tandem.number('1e5')", null],
  ["tandem.number(7)", 7], ["tandem.number(undefined)", null],
  ["tandem.percent('8')", 0.08], ["tandem.percent('8 %')", 0.08], ["tandem.percent('x')", null],
  ["tandem.date('2026-09-07')", 20703], ["tandem.date('7/9/2026')", 20703], ["tandem.date('2026-02-30')", null],
  ["tandem.date('0099-01-01')", -683368], ["tandem.date('soon')", null], ["tandem.text('  a ')", 'a'],
  ["tandem.date('7 September 2026')", 20703], ["tandem.date('7 Sept. 2026')", 20703],
  ["tandem.date('7th sep 2026')", 20703], ["tandem.date('September 7, 2026')", 20703],
  ["tandem.date('7/9/26')", 20703], ["tandem.date('7. 9. 2026')", 20703],
  ["tandem.date('31 Feb 2026')", null], ["tandem.date('7 Nonsense 2026')", null],
  ["tandem.date('ma 7 2026')", null], ["tandem.typed('8 %', 'percent')", 0.08],
  ["tandem.typed(1.234, 'number')", 1.234], ["tandem.typed('7 Sep 2026', 'dateLong')", 20703],
  ["tandem.showDate(20703, true)", '7 September 2026'], ["tandem.showDate(20703, false)", '7 Sep 2026'],
  ["tandem.showDate(-683368, true)", '1 January 99'],
  ["tandem.total([], 'sum')", null], ["tandem.total([null, 2, 3], 'mean')", 2.5],
  ["tandem.total([true, null, false], 'count')", 1], ["tandem.get('nothing', 'number')", null],
  ["tandem.rows([1, null], 3, 4, function (r) { return r; }).join()", '1,,3,4'],
  ["tandem.show(1234.5, 'money', -1)", '£1,234.50'], ["tandem.show(1234, 'money', -1)", '£1,234'],
  ["tandem.show(0.125, 'percent', -1)", '12.5%'], ["tandem.show(0.145, 'percent', 0)", '15%'],
  ["tandem.show(-5.5, 'money', 2)", '\u2212£5.50'], ["tandem.show(1.005, 'number', 2)", '1.01'],
  ["tandem.show(1234567.891, 'number', -1)", '1,234,567.89'], ["tandem.show(null, 'number', 2)", ''],
  ["tandem.show(0.001, 'number', 2)", '0.00'], ["tandem.show(-0.001, 'number', 2)", '0.00'],
  ["tandem.show(999.995, 'number', 2)", '1,000.00'], ["tandem.show(true)", 'yes'], ["tandem.show('a')", 'a'],
  ["tandem.show(0.07, 'percent', 0)", '7%'], ["tandem.show(1/0, 'number', 0)", ''],
  ["tandem.round(1.005, 2)", 1.01], ["tandem.round(2.675, 2)", 2.68], ["tandem.round(-2.5)", -3],
];
typedChecks();
for (const [script, expected] of typed) {
  const given = vm.runInContext(script, context);
  compared++;
  if (given !== expected) {
    wrong++;
    console.log(`${script}\n  gives ${given}, not ${expected}`);
  }
}
console.log(`${compared} values compared, ${wrong} differ`);
process.exit(wrong ? 1 : 0);
