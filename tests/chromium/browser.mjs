// Debian's Chromium, driven by playwright-core, and a server on the loopback for what it shows.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const types = { ".html": "text/html", ".mjs": "text/javascript", ".css": "text/css",
  ".pdf": "application/pdf", ".svg": "image/svg+xml" };

/** Serves `/files/NAME` from `files`, a map of names to bytes, `/pdfjs/…`, and this folder. */
async function serve(modules, files) {
  const server = createServer(async (request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      const body = path.startsWith("/files/") ? files.get(path.slice(7))
        : path.startsWith("/pdfjs/") ? await readFile(join(modules, "pdfjs-dist", path.slice(7)))
          : await readFile(join(here, path));
      if (!body) throw new Error("no such file");
      const type = types[extname(path)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** Calls `work(open, files)`; `open(name)` shows a file in the viewer and returns its page. What
 * the page complains about is an error. */
export async function withBrowser(modules, work) {
  const require = createRequire(join(resolve(modules), "here.js"));
  const { chromium } = require("playwright-core");
  const files = new Map(), complaints = [];
  const server = await serve(modules, files);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ...(process.getuid() === 0 ? ["--no-sandbox"] : [])],
  });
  try {
    const open = async (name) => {
      const page = await browser.newPage({ viewport: { width: 1000, height: 1200 } });
      page.setDefaultTimeout(15000);
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(`http://127.0.0.1:${server.address().port}/viewer.html?file=${name}`);
      await page.waitForFunction(() => globalThis.isShown);
      return page;
    };
    await work(open, files);
  } finally {
    await browser.close();
    server.close();
  }
  if (complaints.length) throw new Error(`the page says:\n${complaints.join("\n")}`);
}
