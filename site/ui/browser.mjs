// Walks the site in a real Chromium: the journey of a town secretary from a search to an adoption, an accessibility
// audit of each page met, and no sideways scrolling on narrow screens. Run by the Go test of the package site, which
// starts the site and gives its address:
//
//	node browser.mjs http://127.0.0.1:PORT /usr/bin/chromium [folder for pictures]
//
// Prints one line of JSON: {"pages": [...], "failures": [...]}.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [base, executablePath, shots] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const widths = [1280, 360, 320];
const failures = [];
const pages = [];

const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});

function expect(truth, what) {
  if (!truth) failures.push(what);
}

// newPage opens a page that reports what the browser complains of: a blocked style is a broken promise.
async function newPage(options) {
  const context = await browser.newContext({ locale: "it-IT", ...options });
  const page = await context.newPage();
  page.on("console", (m) => {
    if (m.type() === "error") failures.push(`${page.url()}: console: ${m.text()}`);
  });
  page.on("pageerror", (e) => failures.push(`${page.url()}: script: ${e.message}`));
  return page;
}

// audit runs axe-core outside of the page's policy, as a browser extension would.
async function audit(page, name) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const v of result.violations) {
    const where = v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ");
    if (v.impact === "serious" || v.impact === "critical") failures.push(`${name}: axe ${v.impact} ${v.id}: ${v.help} (${where})`);
    else pages.push(`${name}: axe ${v.impact} ${v.id} (${where})`);
  }
}

async function narrow(page, name) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 1000 ? 900 : 740 });
    const over = await page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= limit) return "";
      const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > limit + 1);
      return wide.slice(0, 3).map((e) => `${e.tagName}.${e.className}`).join(" ") || "the page";
    });
    expect(over === "", `${name}: scrolls sideways at ${width} px: ${over}`);
    if (shots && width !== 320) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function look(page, name) {
  pages.push(name);
  await audit(page, name);
  await narrow(page, name);
}

// The journey, by clicks.
const page = await newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(base + "/");
await look(page, "home");
await page.getByRole("searchbox").first().fill("convenzione");
await page.getByRole("button", { name: "Cerca" }).first().click();
await page.waitForURL(/\/cerca\?q=convenzione/);
await look(page, "results");
await page.getByRole("link", { name: "Kit del riuso CIT" }).first().click();
await page.waitForURL(/\/kit\/kit-cit$/);
await look(page, "kit");
await page.locator("main").getByRole("link", { name: /^A4/ }).first().click();
await page.waitForURL(/\/documenti\/a4-/);
await look(page, "document");
await page.locator("main").getByRole("link", { name: /convenzione/i }).first().click();
await page.waitForURL(/\/atti\/convenzione/);
expect((await page.locator("h1").innerText()).toLowerCase().includes("convenzione"), "the page of the convention is not about it");
await look(page, "template");
await page.locator(".page-head-kit a").click();
await page.locator("#adopters").scrollIntoViewIfNeeded();
await page.getByRole("link", { name: "Comune di Lecce" }).last().click();
await page.waitForURL(/\/(adozioni|enti)\/c_e506/);
if (page.url().includes("/enti/")) await page.goto(base + "/kit/kit-cit/adozioni/c_e506");
const story = await page.locator("main").innerText();
expect(story.includes("data non nota"), "the adoption of Lecce does not say that dates are not known");
await look(page, "adoption");

// The rest, by address.
for (const [name, path] of [["entity", "/enti/c_e506"], ["sources", "/fonti"], ["source", "/fonti/catalogue"], ["kits", "/kit"], ["software", "/kit?form=software"],
  ["entities", "/enti"], ["communities", "/comunita"], ["community", "/comunita/cit-soggetti-aggregatori"], ["tariff", "/kit/kit-cit/tariffe/quota-adesione"],
  ["nothing", "/cerca?q=zzzqqq"], ["about", "/informazioni"], ["english", "/en/kit/kit-cit"],
  ["formats", "/formato"], ["format", "/formato/kit"], ["rules", "/regole"], ["rule", "/regole/E03"]]) {
  const answer = await page.goto(base + path);
  expect(answer.status() === 200, `${path}: status ${answer.status()}`);
  await look(page, name);
}

// A kit that was imported by itself: its page, a document that is a file, the text of the file, and a hit in it.
await page.goto(base + "/kit/allegati");
await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
await look(page, "imported");
await page.goto(base + "/kit/allegati/documenti/regolamento-per-l-occupazione");
await look(page, "document-file");
await page.locator(".files").getByRole("link", { name: /testo estratto/ }).click();
await page.waitForURL(/\/allegati\/regolamento/);
await look(page, "attachment");
await page.goto(base + "/kit/allegati/documenti/contratto");
await look(page, "document-files");
await page.locator(".files").getByRole("link", { name: /scheda del file.*video/ }).click();
await page.waitForURL(/\/allegati\/video/);
await look(page, "attachment-video");
await page.goto(base + "/kit/allegati/adozioni/c_e506");
await look(page, "adoption-inferred");
await page.goto(base + "/cerca?q=temporanee+suolo");
await look(page, "results-attachment");
await page.getByRole("link", { name: /pag\. 3/ }).first().click();
await page.waitForURL(/\?pag=3&q=temporanee\+suolo#p3$/);
expect((await page.locator("#p3").isVisible()) && (await page.locator("mark").count()) >= 2, "a hit does not lead to its page with its words marked");

// By keyboard: the first tab finds the way past the header.
await page.goto(base + "/");
await page.keyboard.press("Tab");
expect(await page.evaluate(() => document.activeElement.classList.contains("skip-link")), "the first tab does not reach the skip link");
await page.keyboard.press("Enter");
expect(await page.evaluate(() => document.activeElement.id === "contenuto"), "the skip link does not lead to the content");

// Without scripts: filters are links.
const still = await newPage({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
await still.goto(base + "/cerca?q=convenzione");
await still.locator("details.facets > summary").click();
await still.locator(".facet-value").first().click();
expect(/[?&](form|phase|ambit|type|kind)=/.test(still.url()), `a filter without scripts leads to ${still.url()}`);
expect((await still.locator(".filter-chip").count()) === 1, "a chosen filter is not shown as one");

await browser.close();
console.log(JSON.stringify({ pages, failures }));
