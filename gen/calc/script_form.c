/* The part of the library that meets the form: reads fields, scores, shows what was typed. Nothing
 * here rejects what somebody typed: what cannot be read stays as it stands.
 *
 * Of a reader's objects only getField, field.value, event.value and app.alert are used, which
 * Acrobat, PDFium, pdf.js and MuPDF all have. */
#include "calc/expr_node.h"
#include "calc/format.h"

/* pdf.js makes a number of any text that looks like one, taking a comma for a point: hence numbers
 * are kept without groups (tandem.check), and one that comes as a number is one. */
const char script_form[] =
    "t.of = {};\n"
    "function read(name) {\n"
    "  var f = doc && typeof doc.getField === 'function' ? doc.getField(name)\n"
    "    : typeof getField === 'function' ? getField(name) : null;\n"
    "  if (!f) return null;\n"
    "  var v = f.value;\n"
    "  return typeof v === 'number' ? v : t.text(v);\n"
    "}\n"
    "t.get = function (name, kind) {\n"
    "  var v = read(name);\n"
    "  if (v === null) return null;\n"
    "  if (kind === 'check') return true;\n"
    "  return kind === 'text' ? String(v) : t.typed(v, kind);\n"
    "};\n"
    "t.typed = function (v, kind) {\n"
    "  if (kind === 'date' || kind === 'dateLong') return t.date(v);\n"
    "  var x = typeof v === 'number' ? v : t.number(v);\n"
    "  return kind === 'percent' ? t.hundredth(x) : x;\n"
    "};\n"
    "t.many = function (before, ids, after) {\n"
    "  var all = ids.split(' '), out = [];\n"
    "  for (var i = 0; i < all.length; i++)\n"
    "    if (read(before + all[i] + after) !== null) out.push(all[i]);\n"
    "  return out.length ? out : null;\n"
    "};\n"
    "t.rows = function (known, from, to, f) {\n"
    "  var out = known.slice(0);\n"
    "  for (var r = from; r <= to; r++) out.push(f(r));\n"
    "  return out;\n"
    "};\n"
    "t.total = function (list, how) { return t.count(list) ? t[how](list) : null; };\n"
    /* s: parts [before, after, low, high, 'id !reversed id*weight id=known'], method, share, places,
     * bands [[to, name] …] */
    "t.score = function (s) {\n"
    "  var sum = 0, weights = 0, low = 0, high = 0, n = 0, total = 0, v = null, name = null;\n"
    "  for (var p = 0; p < s.parts.length; p++) {\n"
    "    var part = s.parts[p], items = part[4].split(' ');\n"
    "    for (var i = 0; i < items.length; i++) {\n"
    "      var m = /^(!?)([^*=]+)(\\*([^=]+))?(=(.*))?$/.exec(items[i]);\n"
    "      var x = m[5] ? t.number(m[6]) : t.get(part[0] + m[2] + part[1], 'number');\n"
    "      total++;\n"
    "      if (x === null) continue;\n"
    "      if (m[1]) x = part[2] + part[3] - x;\n"
    "      var w = m[3] ? parseFloat(m[4]) : 1;\n"
    "      n++;\n"
    "      sum += w * x;\n"
    "      weights += w;\n"
    "      low += w * part[2];\n"
    "      high += w * part[3];\n"
    "    }\n"
    "  }\n"
    "  if (n && n + 1e-9 >= s.share * total) {\n"
    "    v = s.method === 'mean' ? sum / weights : s.method === 'sum' ? sum\n"
    "      : (sum - low) / (high - low);\n"
    "    v = isNumber(v) ? given(round(v, s.places)) : null;\n"
    "  }\n"
    "  for (var b = 0; v !== null && name === null && b < s.bands.length; b++)\n"
    "    if (v <= s.bands[b][0] || b === s.bands.length - 1) name = s.bands[b][1];\n"
    "  return {value: v, name: name, answered: n ? n : null, missing: n ? total - n : null,\n"
    "          total: total};\n"
    "};\n"
    "t.change = function (now, before, places) { return t.round(t.subtract(now, before), places); "
    "};\n"
    "function answered(r) {\n"
    "  return r.answered === null || !r.missing ? ''\n"
    "    : t.answeredText.replace('{0}', r.answered).replace('{1}', r.total);\n"
    "}\n"
    "t.put = function (id, unit, n) {\n"
    "  var v = t.of[id](), date = unit === 'date' && v !== null;\n"
    "  event.value = date ? t.showDate(v, true) : t.show(v, unit, n);\n"
    "};\n"
    "t.putRow = function (id, row, unit, n) {\n"
    "  var v = t.of[id](row), date = unit === 'date' && v !== null;\n"
    "  event.value = date ? t.showDate(v, false) : t.show(v, unit, n);\n"
    "};\n"
    /* how: 'alone' the figure; 'filled' with the band, or the dash; 'all' and what is lacking */
    "t.result = function (id, unit, n, how) {\n"
    "  var r = t.of[id](), lacks = answered(r), out = t.show(r.value, unit, n);\n"
    "  if (how !== 'alone' && r.name !== null) out += ' ' + r.name;\n"
    "  if (how === 'filled' && out === '') out = t.dash;\n"
    "  if (how === 'all' && lacks !== '') out += (out === '' ? '' : ' \\u00b7 ') + lacks;\n"
    "  event.value = out;\n"
    "};\n"
    "t.answered = function (id) { event.value = answered(t.of[id]()); };\n"
    /* Stands for what was typed without changing it. */
    "t.format = function (kind) {\n"
    "  var x = t.typed(event.value, kind);\n"
    "  if (x === null) return;\n"
    "  event.value = kind === 'date' || kind === 'dateLong' ? t.showDate(x, kind === 'dateLong')\n"
    "    : t.show(x, kind, -1);\n"
    "};\n"
    /* Asks, and lets it stand. */
    "t.check = function (kind) {\n"
    "  var s = t.text(event.value), good, x;\n"
    "  if (s === null) return;\n"
    "  if (kind === 'email') {\n"
    "    good = /^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$/.test(s);\n"
    "  } else {\n"
    "    x = t.typed(event.value, kind);\n"
    "    good = x !== null;\n"
    "    if (good && kind.indexOf('date') !== 0)\n"
    "      event.value = String(kind === 'percent' ? round(x * 100, 12) : x).replace('.', "
    "t.point);\n"
    "  }\n"
    "  if (!good) try { app.alert(t.help[kind], 3); } catch (e) {}\n"
    "};\n"
    "t.showDate = function (x, inFull) {\n"
    "  var date = new Date(x * 86400000), d = date.getUTCDate(), m = date.getUTCMonth();\n"
    "  var y = date.getUTCFullYear(), name = t.months[m];\n"
    "  if (!inFull && t.betweenDates)\n"
    "    return (d < 10 ? '0' : '') + d + t.betweenDates + (m < 9 ? '0' : '') + (m + 1) +\n"
    "      t.betweenDates + ('000' + y).slice(-4);\n"
    "  if (!inFull) name = name.substring(0, 3);\n"
    "  if (t.monthFirst) return name + ' ' + d + ', ' + y;\n"
    "  return (d === 1 && t.firstOfMonth ? t.firstOfMonth : d + t.afterDay) + ' ' + name + ' ' + "
    "y;\n"
    "};\n";

static void put_setting(struct buf *out, const char *name, const char *value) {
    buf_printf(out, "t.%s = ", name);
    expr_script_text(out, value ? value : "");
    buf_puts(out, ";\n");
}

void script_form_settings(struct buf *out, const struct course *course) {
    const struct date_style *dates = date_style_find(course->language);
    const char *const *words = course->words;
    put_setting(out, "answeredText", word_text(words, WORD_ANSWERED));
    put_setting(out, "dash", word_text(words, WORD_MISSING));
    put_setting(out, "afterDay", dates->after_day);
    put_setting(out, "firstOfMonth", dates->first_of_month);
    put_setting(out, "betweenDates", dates->numeric);
    buf_puts(out, "t.months = [");
    for (int i = 0; i < 12; i++) {
        buf_puts(out, i ? ", " : "");
        expr_script_text(out, dates->months[i]);
    }
    const char *number = word_text(words, WORD_TRACK_TYPE_NUMBER);
    const char *date =
        word_fill(out->arena, word_text(words, WORD_TRACK_TYPE_DATE),
                  date_format_short(out->arena, course, date_from_civil(2026, 9, 7)), NULL);
    const struct {
        const char *kind, *text;
    } help[] = {{"number", number},
                {"money", number},
                {"percent", word_text(words, WORD_TRACK_TYPE_PERCENT)},
                {"date", date},
                {"dateLong", date},
                {"email", word_text(words, WORD_TRACK_TYPE_EMAIL)}};
    buf_puts(out, "];\nt.help = {");
    for (size_t i = 0; i < sizeof help / sizeof *help; i++) {
        buf_printf(out, "%s%s: ", i ? ", " : "", help[i].kind);
        expr_script_text(out, help[i].text);
    }
    buf_puts(out, "};\n");
}

/* ---- readers' own functions ---- */

/* 1,234.5 or 1.234,5 or 1234,5: of more a reader knows nothing (Acrobat's sepStyle). */
static int separator_style(const struct number_style *style) {
    if (style->point[0] == '.')
        return 0;
    return style->group[0] == '.' ? 2 : 3;
}

char *script_show_action(struct arena *arena, const struct course *course, enum slot_type type,
                         const char *kind) {
    const struct number_style *style = number_style_find(course->language);
    const struct date_style *dates = date_style_find(course->language);
    struct buf own, out;
    buf_init(&own, arena);
    buf_init(&out, arena);
    int separators = separator_style(style);
    if (type == SLOT_NUMBER) {
        buf_printf(&own, "AFNumber_Format(2,%d,0,0,\"\",false)", separators);
    } else if (type == SLOT_MONEY) {
        const char *symbol = currency_symbol(course->currency);
        buf_printf(&own, "AFNumber_Format(2,%d,0,0,", separators);
        expr_script_text(&own, style->currency_first ? symbol : arena_printf(arena, " %s", symbol));
        buf_printf(&own, ",%s)", style->currency_first ? "true" : "false");
    } else if (type == SLOT_DATE) {
        buf_printf(&own, "AFDate_FormatEx(\"%s\")",
                   !dates->numeric            ? dates->month_first ? "mmm d, yyyy" : "d mmm yyyy"
                   : dates->numeric[0] == '.' ? "dd.mm.yyyy"
                                              : "dd/mm/yyyy");
    } else if (type != SLOT_PERCENT) {
        return NULL;
    }
    buf_printf(&out, "if(typeof tandem==\"object\")tandem.format(\"%s\")", kind);
    if (own.len)
        buf_printf(&out, ";else %s", own.data);
    buf_putc(&out, ';');
    return out.data;
}
