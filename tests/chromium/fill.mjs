// Fills a form by clicking and typing in Chromium, says what it shows then, saves it, opens what
// was saved. Usage: node fill.mjs NODE_MODULES FILE.pdf PLAN.json SAVED.pdf; the report goes to stdout.
// PLAN: {"fill": {name: text, true, or a button's state}, "read": [name]}
import { readFile, writeFile } from "node:fs/promises";
import { withBrowser } from "./browser.mjs";

const [modules, path, plan, saved] = process.argv.slice(2);
const { fill, read } = JSON.parse(await readFile(plan));

/** Of each field the widgets: id, page (from 0), and for a button the state that it sets. */
async function widgetsOf(page) {
  return page.evaluate(async () => Object.fromEntries(Object.entries(await shown.fields()).map(
    ([name, objects]) => [name, objects.filter((one) => one.page >= 0).map(
      ({ id, page: at, type, exportValues }) => ({ id, page: at, type, state: exportValues }))])));
}

function control(page, widget) {
  return page.locator(`[data-element-id="${widget.id}"]`);
}

async function reach(page, widgets, name) {
  if (!(name in widgets)) throw new Error(`no field ${name}`);
  await page.evaluate((number) => shown.goTo(number), widgets[name][0].page + 1);
  return widgets[name];
}

async function look(page, widgets, name) {
  const own = await reach(page, widgets, name);
  if (own[0].type === "checkbox") return control(page, own[0]).isChecked();
  if (own[0].type !== "radiobutton") return control(page, own[0]).inputValue();
  for (const widget of own)
    if (await control(page, widget).isChecked()) return widget.state;
  return null;
}

async function fillIn(page, widgets, name, value) {
  const own = await reach(page, widgets, name);
  if (own[0].type === "checkbox" || own[0].type === "radiobutton") {
    const widget = own[0].type === "checkbox" ? own[0] : own.find((one) => one.state === value);
    if (!widget) throw new Error(`${name} has no state ${value}`);
    await control(page, widget).check();
    return;
  }
  await control(page, own[0]).click();
  await page.keyboard.insertText(value);
  await page.keyboard.press("Tab"); // the value is taken when the field is left
}

async function readAll(page, widgets, names) {
  const values = {};
  for (const name of names) values[name] = await look(page, widgets, name);
  return values;
}

const report = {};
await withBrowser(modules, async (open, files) => {
  files.set("blank.pdf", await readFile(path));
  const page = await open("blank.pdf");
  report.scripts = await page.evaluate(() => shown.hasScripts);
  const widgets = await widgetsOf(page);
  report.before = await readAll(page, widgets, read);
  for (const [name, value] of Object.entries(fill)) await fillIn(page, widgets, name, value);
  await page.waitForTimeout(300); // for the scripts
  const names = [...Object.keys(fill), ...read];
  report.after = await readAll(page, widgets, names);
  await writeFile(saved, Buffer.from(await page.evaluate(() => shown.save()), "base64"));
  files.set("saved.pdf", await readFile(saved));
  const again = await open("saved.pdf");
  report.again = await readAll(again, widgets, names);
});
console.log(JSON.stringify(report));
