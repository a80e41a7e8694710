// Fills a form in MuPDF, as a person would, and saves it.
// Usage: mutool run mutool_fill.js FILE.pdf VALUES SAVED.pdf   (VALUES: JSON, tooltip → text)
var file = new Document(scriptArgs[0]);
var values = JSON.parse(scriptArgs[1]);
for (var number = 0; number < file.countPages(); number++) {
    var page = file.loadPage(number);
    page.getWidgets().forEach(function (widget) {
        var value = values[widget.getLabel()];
        if (widget.getFieldType() === "text" && value) {
            widget.setTextValue(value);
            widget.update();
        }
    });
}
file.save(scriptArgs[2], "");
