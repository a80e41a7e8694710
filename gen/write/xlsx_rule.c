/* What may be typed (data validation) and what is painted by its value (conditional formats). */
#include "write/xlsx_internal.h"

static char *formula_of(struct xlsx *xlsx, const char *formula) {
    return arena_printf(xlsx->job, "=%s", formula);
}

static void fill_range(lxw_data_validation *validation, const struct rule *rule) {
    validation->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    validation->minimum_number = rule->low;
    validation->maximum_number = rule->high;
}

static void fill_list(struct xlsx *xlsx, lxw_data_validation *validation, const struct rule *rule) {
    validation->validate = LXW_VALIDATION_TYPE_LIST;
    validation->value_list = ARENA_ARRAY(xlsx->job, char *, rule->item_count + 1);
    for (size_t i = 0; i < rule->item_count; i++)
        validation->value_list[i] = xlsx_text(xlsx->job, rule->items[i], 255);
}

static void write_rule(struct xlsx *xlsx, const struct rule *rule, lxw_worksheet *page) {
    lxw_data_validation validation = {.error_type = LXW_VALIDATION_ERROR_TYPE_STOP};
    switch (rule->kind) {
    case RULE_ANY:
        validation.validate = LXW_VALIDATION_TYPE_ANY;
        break;
    case RULE_LIST:
        fill_list(xlsx, &validation, rule);
        break;
    case RULE_RANGE:
        validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        validation.value_formula = formula_of(xlsx, rule->formula);
        break;
    case RULE_WHOLE:
        validation.validate = LXW_VALIDATION_TYPE_INTEGER;
        fill_range(&validation, rule);
        break;
    case RULE_DECIMAL:
        validation.validate = LXW_VALIDATION_TYPE_DECIMAL;
        fill_range(&validation, rule);
        break;
    case RULE_DATE:
        validation.validate = LXW_VALIDATION_TYPE_DATE_NUMBER;
        fill_range(&validation, rule);
        break;
    case RULE_LENGTH:
        validation.validate = LXW_VALIDATION_TYPE_LENGTH;
        fill_range(&validation, rule);
        break;
    case RULE_CUSTOM:
        validation.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
        validation.value_formula = formula_of(xlsx, rule->formula);
        break;
    }
    if (rule->title)
        validation.input_title = validation.error_title = xlsx_text(xlsx->job, rule->title, 32);
    if (rule->message)
        validation.input_message = xlsx_text(xlsx->job, rule->message, 255);
    if (rule->error)
        validation.error_message = xlsx_text(xlsx->job, rule->error, 255);
    xlsx_try(xlsx, worksheet_data_validation_range(page, (lxw_row_t)rule->area.row,
                                                   (lxw_col_t)rule->area.col,
                                                   (lxw_row_t)rule->area.last_row,
                                                   (lxw_col_t)rule->area.last_col, &validation));
}

static void write_paint(struct xlsx *xlsx, const struct sheet_paint *paint, lxw_worksheet *page) {
    lxw_conditional_format format = {0};
    switch (paint->kind) {
    case PAINT_SCALE: /* orange to blue: told apart by the colour-blind and on a grey printer's page
                       */
        format.type = LXW_CONDITIONAL_3_COLOR_SCALE;
        format.min_rule_type = format.mid_rule_type = format.max_rule_type =
            LXW_CONDITIONAL_RULE_TYPE_NUMBER;
        format.min_value = paint->low;
        format.mid_value = (paint->low + paint->high) / 2;
        format.max_value = paint->high;
        format.min_color = 0xF4B183;
        format.mid_color = 0xFFF7E6;
        format.max_color = 0x8FBBD9;
        break;
    case PAINT_FORMULA:
    case PAINT_ALARM:
        format.type = LXW_CONDITIONAL_TYPE_FORMULA;
        format.value_string = formula_of(xlsx, paint->formula);
        format.format = paint->kind == PAINT_ALARM ? xlsx->alarmed : xlsx->marked;
        format.stop_if_true = paint->kind == PAINT_ALARM;
        break;
    }
    xlsx_try(xlsx, worksheet_conditional_format_range(
                       page, (lxw_row_t)paint->area.row, (lxw_col_t)paint->area.col,
                       (lxw_row_t)paint->area.last_row, (lxw_col_t)paint->area.last_col, &format));
}

void xlsx_write_rules(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page) {
    for (size_t i = 0; i < sheet->rules.count; i++)
        write_rule(xlsx, &sheet->rules.at[i], page);
    for (size_t i = 0; i < sheet->paints.count; i++)
        write_paint(xlsx, &sheet->paints.at[i], page);
}
