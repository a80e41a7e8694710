/* The library behind printed scripts: the same rules as expr_eval.c and format.c, in ECMAScript 3.
 *
 * Viewers differ in what they offer (Acrobat, pdf.js, PDFium): nothing but the language is used. */
#include "calc/expr_node.h"
#include "calc/format.h"

/* Values: number, boolean, string, null for missing, arrays of them. */
static const char arithmetic[] =
    "function isNumber(x) { return typeof x === 'number' && isFinite(x); }\n"
    "function given(x) { return isNumber(x) && Math.abs(x) <= 8.9e307 ? (x === 0 ? 0 : x) : null; "
    "}\n"
    "function alike(a, b) { return a === b || a.toPrecision(15) === b.toPrecision(15); }\n"
    "function both(a, b, f) { return isNumber(a) && isNumber(b) ? given(f(a, b)) : null; }\n"
    "function plus(a, b) { return a !== 0 && b !== 0 && alike(a, -b) ? 0 : a + b; }\n"
    "t.add = function (a, b) { return both(a, b, plus); };\n"
    "t.subtract = function (a, b) { return both(a, b, function (x, y) { return plus(x, -y); }); "
    "};\n"
    "t.multiply = function (a, b) { return both(a, b, function (x, y) { return x * y; }); };\n"
    "t.divide = function (a, b) { return both(a, b, function (x, y) { return x / y; }); };\n"
    "t.power = function (a, b) { return both(a, b, function (x, y) {\n"
    "  if (x === 0) return y > 0 ? 0 : null;\n"
    "  if ((x < 0 && y !== Math.floor(y)) || Math.abs(y * Math.log(Math.abs(x))) >= 700) return "
    "null;\n"
    "  return Math.pow(x, y); }); };\n"
    "t.negate = function (a) { return both(a, 0, function (x) { return -x; }); };\n"
    "t.hundredth = function (a) { return both(a, 0, function (x) { return x / 100; }); };\n"
    "t.abs = function (a) { return both(a, 0, function (x) { return Math.abs(x); }); };\n"
    /* Signs apart: mujs gives NaN for Number('-1') and parseFloat('-1'). */
    "function round(x, n) {\n"
    "  if (!isFinite(x) || x === 0) return x;\n"
    "  var text = Math.abs(x).toExponential(14), parts = text.split('e'), y;\n"
    "  var digits = parts[0].replace('.', ''), kept = n > 400 ? 15 : parseInt(parts[1], 10) + 1 + "
    "n;\n"
    "  if (kept < 0) return 0;\n"
    "  if (kept < 15) {\n"
    "    y = kept ? parseInt(digits.substring(0, kept), 10) : 0;\n"
    "    if (digits.charAt(kept) >= '5') y += 1;\n"
    "    y = parseFloat(y + 'e' + (-n));\n"
    "  } else {\n"
    "    y = parseFloat(text);\n"
    "    if (!isFinite(y)) y = Math.abs(x);\n"
    "  }\n"
    "  return x < 0 && y !== 0 ? -y : y;\n"
    "}\n"
    "t.round = function (a, n) {\n"
    "  if (n === undefined) n = 0;\n"
    "  if (!isNumber(a) || !isNumber(n)) return null;\n"
    "  n = n < 0 ? Math.ceil(n) : Math.floor(n);\n"
    "  return given(round(a, n > 300 ? 300 : n < -300 ? -300 : n));\n"
    "};\n";

static const char conditions[] =
    "function compared(a, b, f) {\n"
    "  if (a === null || b === null || a === undefined || b === undefined) return null;\n"
    "  if (typeof a === 'string' || typeof b === 'string')\n"
    "    return typeof a === typeof b ? f(a === b, false) : null;\n"
    "  var x = Number(a), y = Number(b), same = alike(x, y);\n"
    "  return f(same, !same && x < y);\n"
    "}\n"
    "t.equal = function (a, b) { return compared(a, b, function (e) { return e; }); };\n"
    "t.unequal = function (a, b) { return compared(a, b, function (e) { return !e; }); };\n"
    "t.less = function (a, b) { return compared(a, b, function (e, l) { return l; }); };\n"
    "t.lessOrEqual = function (a, b) { return compared(a, b, function (e, l) { return l || e; }); "
    "};\n"
    "t.greater = function (a, b) { return compared(a, b, function (e, l) { return !l && !e; }); "
    "};\n"
    "t.greaterOrEqual = function (a, b) { return compared(a, b, function (e, l) { return !l; }); "
    "};\n"
    "function chain(list, decides) {\n"
    "  var missing = false;\n"
    "  for (var i = 0; i < list.length; i++) {\n"
    "    if (typeof list[i] !== 'boolean') missing = true;\n"
    "    else if (list[i] === decides) return decides;\n"
    "  }\n"
    "  return missing ? null : !decides;\n"
    "}\n"
    "t.and = function (list) { return chain(list, false); };\n"
    "t.or = function (list) { return chain(list, true); };\n"
    "t.not = function (a) { return typeof a === 'boolean' ? !a : null; };\n"
    "t.choose = function (c, a, b) { return typeof c === 'boolean' ? (c ? a : b) : null; };\n";

static const char lists[] =
    "function isList(x) { return x !== null && typeof x === 'object'; }\n"
    "function flat(x, out) {\n"
    "  if (!isList(x)) out.push(x);\n"
    "  else for (var i = 0; i < x.length; i++) flat(x[i], out);\n"
    "  return out;\n"
    "}\n"
    "function numbers(list) {\n"
    "  var all = flat(list, []), out = [];\n"
    "  for (var i = 0; i < all.length; i++) if (isNumber(all[i])) out.push(all[i]);\n"
    "  return out;\n"
    "}\n"
    "function fold(list, f) {\n"
    "  var all = numbers(list);\n"
    "  if (!all.length) return null;\n"
    "  var result = all[0];\n"
    "  for (var i = 1; i < all.length; i++) result = f(result, all[i]);\n"
    "  return given(result);\n"
    "}\n"
    "t.min = function (list) { return fold(list, function (a, b) { return b < a ? b : a; }); };\n"
    "t.max = function (list) { return fold(list, function (a, b) { return b > a ? b : a; }); };\n"
    "t.sum = function (list) { return fold(list, function (a, b) { return a + b; }); };\n"
    "t.mean = function (list) { var s = t.sum(list); return s === null ? null : s / "
    "numbers(list).length; };\n"
    "function there(x) { return x !== null && x !== undefined && x !== ''; }\n"
    "function counts(x) { return there(x) && x !== false; }\n"
    "t.count = function (list) {\n"
    "  var all = flat(list, []), n = 0;\n"
    "  for (var i = 0; i < all.length; i++) if (counts(all[i])) n++;\n"
    "  return n;\n"
    "};\n"
    "t.has = function (x) {\n"
    "  var all = flat([x], []);\n"
    "  for (var i = 0; i < all.length; i++) if (there(all[i])) return true;\n"
    "  return false;\n"
    "};\n"
    "t.missing = function (x) { return !t.has(x); };\n"
    "t.streak = function (column) {\n"
    "  var end = column.length, n = 0;\n"
    "  while (end && !there(column[end - 1])) end--;\n"
    "  while (n < end && counts(column[end - 1 - n])) n++;\n"
    "  return n;\n"
    "};\n";

/* Typed text: groups and spaces go, the last of several kinds of points is the decimal one. */
static const char reading[] =
    "t.text = function (s) {\n"
    "  s = String(s === null || s === undefined ? '' : s).replace(/^\\s+|\\s+$/g, '');\n"
    "  return s === '' || s === 'Off' ? null : s;\n"
    "};\n"
    "function grouped(s, group) { return s.split(group).join(''); }\n"
    "t.number = function (s) {\n"
    "  s = t.text(s);\n"
    "  if (s === null) return null;\n"
    "  s = s.replace(/[\\s\\u00a0\\u202f\\u2019'%\\u20ac\\u00a3$]|[A-Z]{3}/g, '')"
    ".replace(/\\u2212/g, '-');\n"
    "  var comma = s.lastIndexOf(','), dot = s.lastIndexOf('.');\n"
    "  var point = comma >= 0 && dot >= 0 ? (comma > dot ? ',' : '.') : t.point;\n"
    "  if (point === ',' && comma < 0 && !/^-?\\d{1,3}(\\.\\d{3})+$/.test(s)) point = '.';\n"
    "  if (point === '.' && dot < 0 && comma >= 0 && !/^-?\\d{1,3}(,\\d{3})+$/.test(s)) point = "
    "',';\n"
    "  s = grouped(s, point === ',' ? '.' : ',').replace(point, '.');\n"
    "  if (!/^[-+]?(\\d+\\.?\\d*|\\.\\d+)$/.test(s)) return null;\n"
    "  var size = parseFloat(s.replace(/^[-+]/, ''));\n"
    "  return s.charAt(0) === '-' ? -size : size;\n"
    "};\n"
    "t.percent = function (s) { return t.hundredth(t.number(s)); };\n"
    "function days(y, m, d) {\n"
    "  var date = new Date(Date.UTC(2000, m - 1, d));\n"
    "  date.setUTCFullYear(y, m - 1, d);\n"
    "  return date.getUTCMonth() === m - 1 && date.getUTCDate() === d ?"
    " Math.round(date.getTime() / 86400000) : null;\n"
    "}\n"
    /* "7 Sept. 2026", "September 7, 2026", "1er mars 2026" */
    "function month(s) {\n"
    "  s = s.toLowerCase().replace('.', '');\n"
    "  for (var i = 0; i < 12; i++) {\n"
    "    var name = t.months[i].toLowerCase();\n"
    "    if (name === s || (s.length > 2 && name.indexOf(s) === 0)) return i + 1;\n"
    "  }\n"
    "  return s === 'sept' ? 9 : null;\n"
    "}\n"
    "function inWords(s) {\n"
    "  var p = /^(\\d{1,2})(?:\\.|er|st|nd|rd|th)? *([^\\d ,]+),? +(\\d{4})$/.exec(s);\n"
    "  if (p) return days(Number(p[3]), month(p[2]), Number(p[1]));\n"
    "  p = /^([^\\d ,]+) +(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})$/.exec(s);\n"
    "  return p ? days(Number(p[3]), month(p[1]), Number(p[2])) : null;\n"
    "}\n"
    "t.date = function (s) {\n"
    "  s = t.text(s);\n"
    "  if (s === null) return null;\n"
    "  var p = /^(\\d{4})-(\\d{1,2})-(\\d{1,2})$/.exec(s);\n"
    "  if (p) return days(Number(p[1]), Number(p[2]), Number(p[3]));\n"
    "  p = /^(\\d{1,2})[.\\/] ?(\\d{1,2})[.\\/] ?(\\d{4}|\\d\\d)$/.exec(s);\n"
    "  if (!p) return inWords(s);\n"
    "  var y = Number(p[3]) + (p[3].length < 4 ? 2000 : 0), a = Number(p[1]), b = Number(p[2]);\n"
    "  return t.monthFirst ? days(y, a, b) : days(y, b, a);\n"
    "};\n";

static const char showing[] =
    "function needed(x, most) {\n"
    "  var rounded = round(x, most), n = 0;\n"
    "  while (n < most && round(x, n) !== rounded) n++;\n"
    "  return n;\n"
    "}\n"
    /* Digits by hand: toFixed of some viewers rounds what is rounded already. */
    "function fixed(x, n) {\n"
    "  if (x >= 1e15) return String(x);\n"
    "  var s = String(round(x * Math.pow(10, n), 0));\n"
    "  while (s.length <= n) s = '0' + s;\n"
    "  var whole = s.substring(0, s.length - n), out = '';\n"
    "  for (var i = 0; i < whole.length; i++)\n"
    "    out += whole.charAt(i) + (i + 1 < whole.length && (whole.length - i - 1) % 3 === 0 ? "
    "t.group : '');\n"
    "  return n ? out + t.point + s.substring(s.length - n) : out;\n"
    "}\n"
    "t.show = function (x, unit, n) {\n"
    "  if (typeof x === 'string') return x;\n"
    "  if (typeof x === 'boolean') return x ? t.yes : t.no;\n"
    "  if (!isNumber(x)) return '';\n"
    "  if (unit === 'percent') x = round(x * 100, 12);\n"
    "  if (n === undefined || n < 0)\n"
    "    n = unit === 'money' ? (needed(x, 2) ? 2 : 0) : needed(x, unit === 'percent' ? 1 : 2);\n"
    "  x = round(x, n);\n"
    "  var s = fixed(Math.abs(x), n);\n"
    "  if (unit === 'money') s = t.before + s + t.after;\n"
    "  if (unit === 'percent') s += t.percentSign;\n"
    "  return (x < 0 ? '\\u2212' : '') + s;\n"
    "};\n";

static void put_setting(struct buf *out, const char *name, const char *value) {
    buf_printf(out, "t.%s = ", name);
    expr_script_text(out, value);
    buf_puts(out, ";\n");
}

static void put_language(struct buf *out, struct arena *arena, const struct course *course) {
    const struct number_style *style = number_style_find(course->language);
    const char *symbol = currency_symbol(course->currency);
    bool code = symbol[0] >= 'A' && symbol[0] <= 'Z';
    put_setting(out, "group", style->group);
    put_setting(out, "point", style->point);
    put_setting(out, "percentSign", arena_printf(arena, "%s%%", style->before_percent));
    put_setting(out, "before",
                !style->currency_first ? ""
                : code                 ? arena_printf(arena, "%s%s", symbol, style->before_currency)
                                       : symbol);
    put_setting(out, "after",
                style->currency_first || !*symbol
                    ? ""
                    : arena_printf(arena, "%s%s", style->before_currency, symbol));
    const char *yes = course->words[WORD_YES], *no = course->words[WORD_NO];
    put_setting(out, "yes", yes ? yes : "yes");
    put_setting(out, "no", no ? no : "no");
    buf_printf(out, "t.monthFirst = %s;\n", date_is_month_first(course) ? "true" : "false");
}

char *expr_script_library(struct arena *arena, const struct course *course) {
    struct buf out;
    buf_init(&out, arena);
    buf_puts(&out, "var tandem = (function (doc) {\nvar t = {};\n");
    put_language(&out, arena, course);
    script_form_settings(&out, course);
    const char *const parts[] = {arithmetic, conditions, lists, reading, showing, script_form};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_puts(&out, parts[i]);
    buf_puts(&out, "return t;\n})(this);\n");
    return out.data;
}
