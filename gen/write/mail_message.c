/* GMime is opened when the first letter is made: with it come a dozen libraries, which would take half
 * of the time that the program needs to start. */
#define G_DISABLE_CAST_CHECKS
#include "write/mail_message.h"

#include "base/hash.h"

#include <dlfcn.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uidna.h>

#define FUNCTIONS(F)                            \
    F(g_base64_encode)                          \
    F(g_free)                                   \
    F(g_date_time_new_from_unix_utc)            \
    F(g_date_time_unref)                        \
    F(g_mime_data_wrapper_new_with_stream)      \
    F(g_mime_format_options_free)               \
    F(g_mime_format_options_new)                \
    F(g_mime_format_options_set_newline_format) \
    F(g_mime_init)                              \
    F(g_mime_message_get_cc)                    \
    F(g_mime_message_get_from)                  \
    F(g_mime_message_get_reply_to)              \
    F(g_mime_message_get_to)                    \
    F(g_mime_message_new)                       \
    F(g_mime_message_set_date)                  \
    F(g_mime_message_set_message_id)            \
    F(g_mime_message_set_mime_part)             \
    F(g_mime_message_set_subject)               \
    F(g_mime_multipart_add)                     \
    F(g_mime_multipart_new_with_subtype)        \
    F(g_mime_multipart_set_boundary)            \
    F(g_mime_object_set_disposition)            \
    F(g_mime_object_set_header)                 \
    F(g_mime_object_write_to_stream)            \
    F(g_mime_part_new_with_type)                \
    F(g_mime_part_set_content)                  \
    F(g_mime_part_set_content_encoding)         \
    F(g_mime_part_set_filename)                 \
    F(g_mime_stream_mem_get_byte_array)         \
    F(g_mime_stream_mem_new)                    \
    F(g_mime_stream_mem_new_with_buffer)        \
    F(g_mime_object_set_content_type_parameter) \
    F(g_object_unref)                           \
    F(internet_address_list_add)                \
    F(internet_address_mailbox_new)             \
    F(internet_address_set_charset)

static struct {
#define POINTER(name) __typeof__(name) *name;
    FUNCTIONS(POINTER)
#undef POINTER
} gmime;

bool mail_message_start(struct arena *arena, const char **error) {
    void *library = dlopen("libgmime-3.0.so.0", RTLD_NOW | RTLD_LOCAL);
    bool whole = library != NULL;
#define FIND(name)                                      \
    if (whole) {                                        \
        void *found = dlsym(library, #name);            \
        memcpy(&gmime.name, &found, sizeof gmime.name); \
        whole = found != NULL;                          \
    }
    FUNCTIONS(FIND)
#undef FIND
    if (whole)
        gmime.g_mime_init();
    else
        *error = arena_strdup(arena, dlerror());
    return whole;
}

const char *mail_ascii_mailbox(struct arena *arena, const char *mailbox) {
    const char *domain = strchr(mailbox, '@') + 1;
    bool plain = true;
    for (const char *at = domain; *at; at++)
        plain &= (unsigned char)*at < 0x80;
    if (plain)
        return mailbox;
    char ascii[256];
    UErrorCode code = U_ZERO_ERROR;
    UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &code);
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t length = U_FAILURE(code) ? 0
                                     : uidna_nameToASCII_UTF8(idna, domain, -1, ascii, sizeof ascii,
                                                              &info, &code);
    uidna_close(idna);
    if (U_FAILURE(code) || info.errors || length <= 0)
        return NULL;
    return arena_printf(arena, "%.*s@%.*s", (int)(domain - 1 - mailbox), mailbox, (int)length,
                        ascii);
}

/* Whether a header's text has to be encoded: letters beyond ASCII, what looks as if it were encoded
 * already, and words too long for a line. GMime sees to the first alone. */
static bool needs_encoding(const char *text) {
    size_t word = 0;
    for (const char *at = text; *at; at++) {
        word = *at == ' ' ? 0 : word + 1;
        if ((unsigned char)*at >= 0x80 || word > 60 || strncmp(at, "=?", 2) == 0)
            return true;
    }
    return false;
}

/* Encoded words of at most 75 characters (RFC 2047 §2), divided between characters. */
static const char *header_text(struct arena *arena, const char *text) {
    enum { BYTES = 42 };
    if (!needs_encoding(text))
        return text;
    struct buf out;
    buf_init(&out, arena);
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        size_t length = 0;
        while (length < BYTES && at[length])
            length++;
        while (at[length] && (at[length] & 0xC0) == 0x80)
            length--;
        buf_printf(&out, "%s=?utf-8?b?", out.len ? " " : "");
        char *packed = gmime.g_base64_encode(at, length);
        buf_puts(&out, packed);
        gmime.g_free(packed);
        buf_puts(&out, "?=");
        at += length;
    }
    return out.data;
}

static void put_addresses(struct arena *arena, InternetAddressList *list,
                          const struct address *from, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *name = *from[i].name ? header_text(arena, from[i].name) : NULL;
        InternetAddress *address = gmime.internet_address_mailbox_new(name, from[i].mailbox);
        gmime.internet_address_set_charset(address, "utf-8");
        gmime.internet_address_list_add(list, address);
        gmime.g_object_unref(address);
    }
}

static GMimePart *content_part(const char *type, const char *subtype, const void *bytes,
                               size_t size) {
    GMimePart *part = gmime.g_mime_part_new_with_type(type, subtype);
    GMimeStream *stream = gmime.g_mime_stream_mem_new_with_buffer(bytes, size);
    GMimeDataWrapper *content =
        gmime.g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    gmime.g_mime_part_set_content(part, content);
    gmime.g_object_unref(content);
    gmime.g_object_unref(stream);
    return part;
}

/* Not GMime's own part for texts: that turns them into the smallest character set that will do. */
static GMimeObject *text_part(const char *subtype, const char *text) {
    GMimePart *part = content_part("text", subtype, text, strlen(text));
    gmime.g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    gmime.g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return GMIME_OBJECT(part);
}

static GMimeObject *file_part(const struct mail_file *file) {
    const char *slash = strchr(file->type, '/');
    char major[32];
    snprintf(major, sizeof major, "%.*s", (int)(slash - file->type), file->type);
    GMimePart *part = content_part(major, slash + 1, file->bytes, file->size);
    gmime.g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    gmime.g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_ATTACHMENT);
    gmime.g_mime_part_set_filename(part, file->name);
    return GMIME_OBJECT(part);
}

static GMimeMultipart *multipart(const char *subtype, const char *hash) {
    GMimeMultipart *made = gmime.g_mime_multipart_new_with_subtype(subtype);
    char boundary[80];
    snprintf(boundary, sizeof boundary, "=_%s_%.40s", subtype, hash);
    gmime.g_mime_multipart_set_boundary(made, boundary);
    return made;
}

static void add_part(GMimeMultipart *whole, GMimeObject *part) {
    gmime.g_mime_multipart_add(whole, part);
    gmime.g_object_unref(part);
}

/* All that the message says. */
static void hash_parts(struct arena *arena, const struct mail_parts *parts, char hex[SHA256_HEX]) {
    struct sha256 *hash = sha256_new(arena);
    const char *texts[] = {parts->from.name, parts->from.mailbox, parts->reply_to.mailbox,
                           parts->subject,   parts->text,         parts->html};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sha256_add(hash, texts[i], strlen(texts[i]) + 1);
    for (size_t i = 0; i < parts->to_count + parts->cc_count; i++) {
        const struct address *to =
            i < parts->to_count ? &parts->to[i] : &parts->cc[i - parts->to_count];
        sha256_add(hash, to->name, strlen(to->name) + 1);
        sha256_add(hash, to->mailbox, strlen(to->mailbox) + 1);
    }
    sha256_add(hash, &parts->date, sizeof parts->date);
    for (size_t i = 0; i < parts->file_count; i++) {
        sha256_add(hash, parts->files[i].name, strlen(parts->files[i].name) + 1);
        sha256_add(hash, parts->files[i].bytes, parts->files[i].size);
    }
    sha256_end(hash, hex);
}

static void put_head(struct arena *arena, GMimeMessage *message, const struct mail_parts *parts,
                     const char *hash) {
    put_addresses(arena, gmime.g_mime_message_get_from(message), &parts->from, 1);
    if (*parts->reply_to.mailbox)
        put_addresses(arena, gmime.g_mime_message_get_reply_to(message), &parts->reply_to, 1);
    put_addresses(arena, gmime.g_mime_message_get_to(message), parts->to, parts->to_count);
    if (parts->cc_count)
        put_addresses(arena, gmime.g_mime_message_get_cc(message), parts->cc, parts->cc_count);
    gmime.g_mime_message_set_subject(message, header_text(arena, parts->subject), "utf-8");
    GDateTime *day = gmime.g_date_time_new_from_unix_utc((gint64)parts->date * 86400 + 43200);
    gmime.g_mime_message_set_date(message, day);
    gmime.g_date_time_unref(day);
    char id[400];
    snprintf(id, sizeof id, "%.40s@%s", hash, strchr(parts->from.mailbox, '@') + 1);
    gmime.g_mime_message_set_message_id(message, id);
    /* RFC 3834: so that absence notes do not answer it. */
    gmime.g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated",
                                   "utf-8");
}

bool mail_message_write(struct arena *arena, const struct mail_parts *parts, struct buf *out,
                        const char **error) {
    char hash[SHA256_HEX];
    hash_parts(arena, parts, hash);
    GMimeMessage *message = gmime.g_mime_message_new(TRUE);
    put_head(arena, message, parts, hash);
    GMimeMultipart *words = multipart("alternative", hash);
    add_part(words, text_part("plain", parts->text));
    add_part(words, text_part("html", parts->html));
    GMimeMultipart *whole = words;
    if (parts->file_count) {
        whole = multipart("mixed", hash);
        add_part(whole, GMIME_OBJECT(words));
        for (size_t i = 0; i < parts->file_count; i++)
            add_part(whole, file_part(&parts->files[i]));
    }
    gmime.g_mime_message_set_mime_part(message, GMIME_OBJECT(whole));
    gmime.g_object_unref(whole);
    GMimeFormatOptions *format = gmime.g_mime_format_options_new();
    gmime.g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *stream = gmime.g_mime_stream_mem_new();
    ssize_t written = gmime.g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
    GByteArray *bytes = gmime.g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    if (written >= 0)
        buf_put(out, bytes->data, bytes->len);
    else
        *error = "the message could not be put together";
    gmime.g_object_unref(stream);
    gmime.g_mime_format_options_free(format);
    gmime.g_object_unref(message);
    return written >= 0;
}
