#include "load/mail_settings.h"

#include "base/file.h"

enum {
    PORT_SUBMISSION = 587,
    PORT_TLS = 465,
    PORT_MOST = 65535,
    LIMIT_MB = 15,
    LIMIT_MOST_MB = 150
};

static const char *const keys[] = {"from", "reply-to", "server",     "user", "password-command",
                                   "tls",  "rate",     "limit-size", NULL};

bool mail_parse_server(struct arena *arena, const char *text, struct mail_settings *settings) {
    enum mail_tls tls = settings->tls;
    int32_t port = settings->port;
    if (strncmp(text, "smtps://", 8) == 0) {
        text += 8;
        tls = MAIL_TLS;
    } else if (strncmp(text, "smtp://", 7) == 0) {
        text += 7;
    }
    size_t length =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    if (!length || *text == '-' || *text == '.')
        return false;
    if (text[length] == ':') {
        double number;
        if (!parse_number(text + length + 1, &number) || number != (int32_t)number || number < 1 ||
            number > PORT_MOST)
            return false;
        port = (int32_t)number;
    } else if (text[length] && strcmp(text + length, "/") != 0) {
        return false;
    }
    settings->host = arena_strndup(arena, text, length);
    settings->port = port ? port : tls == MAIL_TLS ? PORT_TLS : PORT_SUBMISSION;
    settings->tls = tls;
    return true;
}

static void read_address(struct reader *reader, const struct yaml *root, const char *key,
                         struct address *address) {
    struct name text = {0};
    yaml_read_name(reader, root, key, &text);
    if (!text.text)
        return;
    enum address_fault fault = address_parse(reader->arena, text.text, address);
    if (fault != ADDRESS_GOOD)
        diag_report(reader->diag, DIAG_MAIL_ADDRESS, text.at, text.text,
                    address_fault_words(fault));
}

static void read_tls(struct reader *reader, const struct yaml *root,
                     struct mail_settings *settings) {
    static const char *const words[] = {"starttls", "tls", "none"};
    struct name word = {0};
    yaml_read_name(reader, root, "tls", &word);
    for (size_t i = 0; word.text && i < 3; i++) {
        if (strcmp(word.text, words[i]) == 0) {
            settings->tls = (enum mail_tls)i;
            return;
        }
    }
    if (word.text)
        diag_report(reader->diag, DIAG_WORD_UNKNOWN, word.at, "tls", word.text,
                    diag_nearest(word.text, words, 3), diag_list(reader->arena, words, 3));
}

static void read_settings(struct reader *reader, const struct yaml *root,
                          struct mail_settings *settings) {
    const struct yaml *password = yaml_find(root, "password");
    if (password) /* the line itself is not shown */
        diag_report(reader->diag, DIAG_MAIL_PASSWORD,
                    ((struct span){password->at.source, 0, 0, 0}));
    else
        yaml_check_keys(reader, root, keys);
    read_address(reader, root, "from", &settings->from);
    read_address(reader, root, "reply-to", &settings->reply_to);
    read_tls(reader, root, settings);
    struct name server = {0};
    yaml_read_name(reader, root, "server", &server);
    if (server.text && !mail_parse_server(reader->arena, server.text, settings))
        diag_report(reader->diag, DIAG_MAIL_SERVER, server.at, server.text);
    yaml_read_text(reader, root, "user", &settings->user);
    yaml_read_text(reader, root, "password-command", &settings->password_command);
    yaml_read_integer(reader, root, "rate", 1, 100000, &settings->rate);
    int32_t megabytes = LIMIT_MB;
    yaml_read_integer(reader, root, "limit-size", 1, LIMIT_MOST_MB, &megabytes);
    settings->size_limit = (int64_t)megabytes * 1000000;
}

void load_mail_settings(struct arena *arena, struct diag *diag, const char *folder,
                        struct mail_settings *settings) {
    struct reader reader = {arena, diag};
    *settings = (struct mail_settings){.source = "content/mail.yml",
                                       .from = {"", ""},
                                       .reply_to = {"", ""},
                                       .tls = MAIL_STARTTLS,
                                       .size_limit = (int64_t)LIMIT_MB * 1000000};
    const char *path = path_join(arena, folder, settings->source);
    if (!file_exists(path))
        return;
    settings->given = true;
    if (!path_resolves_inside(path_join(arena, folder, "content"), path)) {
        struct span nowhere = {source_new(arena, settings->source, "", 0), 0, 0, 0};
        diag_report(diag, DIAG_LINK_LEAVES_COURSE, nowhere, settings->source);
        return;
    }
    struct source *source = file_load(arena, diag, path, settings->source);
    const struct yaml *root = source ? yaml_parse(&reader, source, 0, source->size) : NULL;
    if (root && yaml_is_map(&reader, root, "'key: value' lines"))
        read_settings(&reader, root, settings);
}
