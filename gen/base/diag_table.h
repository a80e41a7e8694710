/* The one table of diagnostics: included wherever DIAG(code, level, text, hint, other) is defined.
 * No include guard: that is the point. */
#include "base/diag_base.def"
#include "base/diag_course.def"
#include "base/diag_markdown.def"
#include "base/diag_block.def"
#include "base/diag_answers.def"
#include "base/diag_calc.def"
#include "base/diag_output.def"
#include "base/diag_mail.def"
