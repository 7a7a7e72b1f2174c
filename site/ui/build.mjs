// Builds site/ui/static/dist from Bootstrap Italia: the rules of its style sheet that our templates use, its fonts in one
// format, and the icons that the templates name. Run by "npm run build"; Go embeds what it finds.
//
// The content security policy of the site allows no "data:", so images that the style sheet carries inline become files.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PurgeCSS } from "purgecss";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const kit = join(root, "node_modules", "bootstrap-italia");
const dist = join(here, "static", "dist");
const budget = 250 * 1024; // bytes of the whole folder

// The weights that the pages use, with the file of each.
const fonts = [
  { family: "Titillium Web", weight: 400, file: "Titillium_Web/titillium-web-v10-latin-ext_latin-regular.woff2" },
  { family: "Titillium Web", weight: 600, file: "Titillium_Web/titillium-web-v10-latin-ext_latin-600.woff2" },
  { family: "Titillium Web", weight: 700, file: "Titillium_Web/titillium-web-v10-latin-ext_latin-700.woff2" },
  { family: "Roboto Mono", weight: 400, file: "Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular.woff2" },
];

// Elements and states that no template writes but pages have: those of rendered Markdown, and those that browsers set.
const safelist = {
  standard: ["h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th",
    "td", "caption", "blockquote", "pre", "code", "hr", "img", "strong", "em", "del", "sup", "mark", "small", "abbr", "input", "button",
    "details", "summary", "svg", ":focus", ":hover", ":root", "body", "html"],
};

async function templates() {
  const names = await readdir(here, { recursive: true });
  const texts = await Promise.all(names.filter((n) => n.endsWith(".tmpl")).map((n) => readFile(join(here, n), "utf8")));
  return texts.join("\n");
}

// sheet keeps the rules that are used, and moves inline images into files of dist/img.
async function sheet(html) {
  const css = await readFile(join(kit, "dist", "css", "bootstrap-italia.min.css"), "utf8");
  const [{ css: used }] = await new PurgeCSS().purge({
    content: [{ raw: html, extension: "html" }],
    css: [{ raw: css }],
    safelist,
    variables: true,
    keyframes: true,
    fontFace: true,
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_:-]+/g) ?? [],
  });
  const files = new Map();
  const out = used.replace(/url\((["']?)(data:[^"')]*(?:\([^"')]*\)[^"')]*)*)\1\)/g, (whole, _quote, uri) => {
    const image = /^data:image\/svg\+xml[^,]*,(.*)$/s.exec(uri);
    if (!image) return "none";
    const base64 = /^data:[^,]*;base64,/.test(uri);
    const body = base64 ? Buffer.from(image[1], "base64") : Buffer.from(decodeURIComponent(image[1].trim()));
    const name = `img/${createHash("sha256").update(body).digest("hex").slice(0, 10)}.svg`;
    files.set(name, body);
    return `url(${name})`;
  });
  if (out.includes("data:")) throw new Error("the style sheet still carries inline data");
  for (const [name, body] of files) {
    await mkdir(join(dist, "img"), { recursive: true });
    await writeFile(join(dist, name), body);
  }
  return out;
}

// faces declares the fonts and copies their files.
async function faces() {
  await mkdir(join(dist, "fonts"), { recursive: true });
  const rules = [];
  for (const f of fonts) {
    const name = f.file.split("/").pop();
    await copyFile(join(kit, "dist", "fonts", f.file), join(dist, "fonts", name));
    rules.push(`@font-face{font-family:"${f.family}";font-style:normal;font-weight:${f.weight};font-display:swap;src:url(fonts/${name}) format("woff2")}`);
  }
  return rules.join("\n");
}

// icons keeps the symbols that templates name with {{icon "it-…"}}.
async function icons(html) {
  const sprite = await readFile(join(kit, "dist", "svg", "sprites.svg"), "utf8");
  const wanted = [...new Set([...html.matchAll(/icon "(it-[a-z-]+)"/g)].map((m) => m[1]))].sort();
  const symbols = wanted.map((id) => {
    const found = new RegExp(`<symbol[^>]*id="${id}"[^>]*>.*?</symbol>`, "s").exec(sprite);
    if (!found) throw new Error(`Bootstrap Italia has no icon ${id}`);
    return found[0];
  });
  await writeFile(join(dist, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  return wanted.length;
}

async function size(dir) {
  let total = 0;
  for (const name of await readdir(dir, { recursive: true })) {
    const s = await stat(join(dir, name));
    if (s.isFile()) total += s.size;
  }
  return total;
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const html = await templates();
const css = `/* Bootstrap Italia, BSD-3-Clause, https://github.com/italia/bootstrap-italia. Only what this site uses. */\n${await faces()}\n${await sheet(html)}\n`;
await writeFile(join(dist, "bootstrap-italia.css"), css);
const n = await icons(html);
await copyFile(join(kit, "LICENSE"), join(dist, "LICENSE-bootstrap-italia.txt"));
const total = await size(dist);
if (total > budget) throw new Error(`site/ui/static/dist has ${total} bytes, more than ${budget}`);
console.log(`site/ui/static/dist: ${Math.round(total / 1024)} kB, style sheet ${Math.round(css.length / 1024)} kB, ${n} icons, ${fonts.length} fonts`);
