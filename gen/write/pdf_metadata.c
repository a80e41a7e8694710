#include "write/pdf_metadata.h"

#include "base/utf8.h"

#include <string.h>

#define PRODUCER "tandem " TANDEM_VERSION
#define NAMESPACE "urn:tandem:identity:1"

static bool given(const char *text) { return text && *text; }

/* XML 1.0: markup escaped, characters that XML cannot hold dropped. */
static void put_escaped(struct buf *out, const char *text) {
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        const char *start = at;
        uint32_t code = utf8_next(&at, end);
        switch (code) {
        case '&':
            buf_puts(out, "&amp;");
            break;
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '>':
            buf_puts(out, "&gt;");
            break;
        default:
            if (!utf8_is_control(code) && code != 0xFFFE && code != 0xFFFF)
                buf_put(out, start, (size_t)(at - start));
        }
    }
}

static void put_simple(struct buf *out, const char *name, const char *text) {
    if (!given(text))
        return;
    buf_printf(out, "<%s>", name);
    put_escaped(out, text);
    buf_printf(out, "</%s>\n", name);
}

/* A value inside a container: "Alt" with a language, "Seq", "Bag". */
static void put_item(struct buf *out, const char *name, const char *container, const char *text) {
    if (!given(text))
        return;
    buf_printf(out, "<%s><rdf:%s><rdf:li%s>", name, container,
               strcmp(container, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
    put_escaped(out, text);
    buf_printf(out, "</rdf:li></rdf:%s></%s>\n", container, name);
}

/* What a reader needs to know of a namespace that no standard has (ISO 19005-1, 6.7.8). */
static void put_schema(struct buf *out) {
    static const char *const properties[][2] = {
        {"course", "The course's title"},
        {"version", "The course's version"},
        {"material", "The material's name in the course"},
        {"participant", "Whose answers the file holds: an id"},
        {"respondent", "Which of the participant's respondents it is for: an id"},
        {"sitting", "The last sitting that was answered: an id"},
        {"hash", "SHA-256 of the sources that the file was made from"},
    };
    buf_puts(out, "<rdf:Description rdf:about=\"\""
                  " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                  " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                  " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                  "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
                  "<pdfaSchema:schema>What a file of a course is</pdfaSchema:schema>"
                  "<pdfaSchema:namespaceURI>" NAMESPACE "</pdfaSchema:namespaceURI>"
                  "<pdfaSchema:prefix>tandem</pdfaSchema:prefix>"
                  "<pdfaSchema:property><rdf:Seq>\n");
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        buf_printf(out,
                   "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s</pdfaProperty:name>"
                   "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
                   "<pdfaProperty:category>external</pdfaProperty:category>"
                   "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n",
                   properties[i][0], properties[i][1]);
    buf_puts(out, "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
                  "</rdf:Description>");
}

static struct pdf_bytes make_xmp(struct arena *job, const struct layout *layout,
                                 const struct pdf_identity *identity, bool accessible) {
    struct buf out;
    buf_init(&out, job);
    buf_puts(
        &out,
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" "
        "xmlns:tandem=\"" NAMESPACE "\">\n");
    put_simple(&out, "dc:format", "application/pdf");
    put_item(&out, "dc:title", "Alt", layout->title);
    put_item(&out, "dc:description", "Alt", identity->course);
    put_item(&out, "dc:creator", "Seq", layout->author);
    put_item(&out, "dc:language", "Bag", layout->language);
    put_item(&out, "dc:publisher", "Bag", identity->publisher);
    put_item(&out, "dc:rights", "Alt", identity->licence);
    put_simple(&out, "pdf:Producer", PRODUCER);
    if (identity->as_of != DATE_NONE) {
        char date[16];
        date_format_iso(identity->as_of, date);
        buf_printf(&out, "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n", date);
        buf_printf(&out, "<xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n", date);
    }
    if (accessible)
        put_simple(&out, "pdfuaid:part", "1");
    put_simple(&out, "tandem:course", identity->course);
    put_simple(&out, "tandem:version", identity->version);
    put_simple(&out, "tandem:material", identity->material);
    put_simple(&out, "tandem:participant", identity->participant);
    put_simple(&out, "tandem:respondent", identity->respondent);
    put_simple(&out, "tandem:sitting", identity->sitting);
    put_simple(&out, "tandem:hash", identity->source_hash);
    buf_puts(&out, "</rdf:Description>\n");
    put_schema(&out);
    buf_puts(&out, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    return (struct pdf_bytes){out.data, out.len};
}

static void put_given(struct pdf_file *file, struct pdf_dict *dict, const char *key,
                      const char *text) {
    if (given(text))
        pdf_put_text(file, dict, key, text);
}

void metadata_put(struct pdf_file *file, const struct layout *layout,
                  const struct pdf_identity *identity, bool accessible) {
    struct pdf_dict *info = pdf_file_info(file);
    pdf_put_text(file, info, "Producer", PRODUCER);
    put_given(file, info, "Title", layout->title);
    put_given(file, info, "Author", layout->author);
    put_given(file, info, "Subject", identity->course);
    if (identity->as_of != DATE_NONE) {
        int year, month, day;
        date_to_civil(identity->as_of, &year, &month, &day);
        const char *date =
            arena_printf(pdf_file_arena(file), "D:%04d%02d%02d000000Z", year, month, day);
        pdf_put_text(file, info, "CreationDate", date);
        pdf_put_text(file, info, "ModDate", date);
    }
    /* Not compressed, so that tools find it without reading PDF (§14.3.2). */
    struct pdf_dict *stream =
        pdf_stream_new(file, make_xmp(pdf_file_arena(file), layout, identity, accessible), false);
    pdf_put_name(stream, "Type", "Metadata");
    pdf_put_name(stream, "Subtype", "XML");
    pdf_put_dict(pdf_file_catalog(file), "Metadata", stream);
}
