// Fills forms in pdf.js with their scripts running, as a person would who types into one field after
// the other, and says what the fields hold at the end.
// Usage: node pdfjs_run.mjs PDFJS_FOLDER JOBS.json > RESULTS.json
// JOBS: [{file, values: [[full name, text or the state of a button], …]}]; no values: what is worked
// out anew from what the file holds. RESULTS: for each {held: {name: value} before, fields: the same
// after, shown: {name: text where it differs}, said: [what was asked], errors: […], order: [names]}.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [folder, jobs] = process.argv.slice(2);
globalThis.window = globalThis;
const said = [];
globalThis.alert = (text) => said.push(text);
const load = (name) => import(pathToFileURL(`${folder}/legacy/build/${name}`));
const { getDocument, VerbosityLevel } = await load("pdf.mjs");
const { QuickJSSandbox } = await load("pdf.sandbox.mjs");

// One sandbox a document, as in the viewer; the page is the listener below.
let listen = () => {};
globalThis.dispatchEvent = (event) => listen(event.detail);
globalThis.CustomEvent ??= class extends Event {
  constructor(type, init) { super(type); this.detail = init.detail; }
};

async function run({ file, values }) {
  const document = await getDocument({
    data: new Uint8Array(await readFile(file)), verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true, useSystemFonts: false, isEvalSupported: false,
  }).promise;
  const objects = (await document.getFieldObjects()) ?? {};
  const calculationOrder = await document.getCalculationOrderIds();
  const actions = await document.getJSActions();
  const held = {}, shown = {}, errors = [], names = {}, widgets = {};
  for (const [name, list] of Object.entries(objects))
    for (const object of list) {
      names[object.id] = name;
      if (object.type === "") continue;
      (widgets[name] ??= []).push(object);
      if (object.value !== undefined && !(name in held)) held[name] = object.value;
    }
  const before = { ...held };
  said.length = 0;
  listen = (detail) => {
    if (detail.command === "error") errors.push(String(detail.value));
    if (!(detail.id in names) || !("value" in detail)) return;
    held[names[detail.id]] = detail.value;
    if ("formattedValue" in detail) shown[names[detail.id]] = detail.formattedValue ?? undefined;
  };
  const sandbox = await QuickJSSandbox();
  sandbox.create({
    objects, calculationOrder,
    appInfo: { platform: "linux", language: "en" },
    docInfo: { filesize: 0, actions, baseURL: "", URL: "", title: "", numPages: document.numPages },
  });
  sandbox.dispatchEvent({ id: "doc", name: "Open" });
  for (const [name, value] of values) {
    const list = widgets[name];
    if (!list) { errors.push(`no field ${name}`); continue; }
    const button = list[0].type === "radiobutton" || list[0].type === "checkbox";
    if (button) {
      const object = list.find((each) => each.exportValues === value || each.exportValues?.[0] === value)
        ?? list[0];
      held[name] = value;
      sandbox.dispatchEvent({ id: object.id, name: "Action", value: true });
    } else {
      held[name] = value;
      sandbox.dispatchEvent({
        id: list[0].id, name: "Keystroke", value, willCommit: true, commitKey: 1,
        selStart: value.length, selEnd: value.length, change: "", changeEx: value });
    }
  }
  const text = Object.values(widgets).flat().find((each) => each.type === "text");
  if (!values.length && text) sandbox.dispatchEvent({ id: text.id, name: "Action" });
  await new Promise((done) => setTimeout(done, 0));
  sandbox.nukeSandbox();
  await document.destroy();
  return { held: before, fields: held, shown, said: [...said], errors, order: (calculationOrder ?? []).map((id) => names[id]) };
}

const results = [];
for (const job of JSON.parse(await readFile(jobs))) results.push(await run(job));
process.stdout.write(JSON.stringify(results));
