// What mailparser, which is not ours, finds in messages: headers, addresses, texts, attachments, as JSON.
// Usage: node parse.mjs NODE_MODULES < LIST_OF_PATHS, one a line > {path: message}
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(`${resolve(process.argv[2])}/`);
const { simpleParser } = require("mailparser");

const options = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };
const addresses = (field) => (field?.value ?? []).map(({ name, address }) => [name, address]);

async function read(path) {
  const message = await simpleParser(await readFile(path), options);
  return {
    headers: message.headerLines.map(({ key }) => key),
    from: addresses(message.from),
    to: addresses(message.to),
    cc: addresses(message.cc),
    "reply-to": addresses(message.replyTo),
    subject: message.subject ?? "",
    id: message.messageId ?? "",
    date: message.date ? message.date.getTime() / 1000 : null,
    text: message.text ?? "",
    html: message.html || "",
    attachments: message.attachments.map((part) => [
      part.filename ?? "", part.contentType, part.contentDisposition,
      createHash("sha256").update(part.content).digest("hex"),
    ]),
  };
}

let list = "";
for await (const piece of process.stdin.setEncoding("utf8")) list += piece;
const found = {};
for (const path of list.split("\n").filter(Boolean)) {
  try {
    found[path] = await read(path);
  } catch (error) {
    found[path] = { fault: String(error) };
  }
}
process.stdout.write(JSON.stringify(found));
