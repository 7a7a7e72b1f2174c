// Writes the controlled lists beside this file from packages of the npm registry, pinned below:
//
//	node data/generate.mjs
//
// Each list is plain text, one value a line, sorted; lines that begin with "#" are its provenance. To bring the
// lists up to date, raise the versions, run it, run the tests, commit the difference.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = {
  "spdx-license-ids": "3.0.24",
  "spdx-exceptions": "2.5.0",
  "i18n-iso-countries": "7.14.0",
  "language-subtag-registry": "0.4.2",
  "oembed-providers": "1.0.20260604",
};

const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "riuso-lists-"));
const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", work, ...names], { stdio: "inherit" });

const read = (path) => JSON.parse(readFileSync(join(work, "node_modules", path), "utf8"));
const licenceOf = (name) => read(`${name}/package.json`).license;

function write(file, title, from, lines) {
  const sorted = [...new Set(lines)].sort();
  const head = `# ${title}\n# PROVENANCE: npm package ${from} ${packages[from]} (${licenceOf(from)})\n`;
  writeFileSync(join(here, file), head + sorted.join("\n") + "\n");
  console.log(`${file}: ${sorted.length}`);
}

write("licences.txt", "SPDX licence identifiers in force", "spdx-license-ids", read("spdx-license-ids/index.json"));
write("licences-deprecated.txt", "SPDX licence identifiers that are deprecated but still known", "spdx-license-ids", read("spdx-license-ids/deprecated.json"));
write("exceptions.txt", "SPDX licence exceptions", "spdx-exceptions", [
  ...read("spdx-exceptions/index.json"),
  ...read("spdx-exceptions/deprecated.json"),
]);

write("countries.txt", "ISO 3166-1 alpha-2 country codes, and XK, which is user-assigned", "i18n-iso-countries",
  read("i18n-iso-countries/codes.json").map((row) => row[0]));

// Subtags of BCP 47 that golang.org/x/text does not list.
const registry = read("language-subtag-registry/data/json/registry.json");
const subtags = (type) => registry.filter((r) => r.Type === type && r.Subtag);
write("variants.txt", "BCP 47 variant subtags", "language-subtag-registry", subtags("variant").map((r) => r.Subtag.toLowerCase()));
write("extlangs.txt", "BCP 47 extended language subtags, each with the language it follows", "language-subtag-registry",
  subtags("extlang").map((r) => `${r.Subtag} ${r.Prefix[0]}`.toLowerCase()));
write("regions-m49.txt", "UN M.49 region codes in the BCP 47 registry", "language-subtag-registry",
  registry.filter((r) => r.Type === "region" && /^[0-9]{3}$/.test(r.Subtag)).map((r) => r.Subtag));
write("grandfathered.txt", "BCP 47 tags that are kept although they do not follow its form", "language-subtag-registry",
  registry.filter((r) => r.Type === "grandfathered").map((r) => r.Tag.toLowerCase()));

const schemes = read("oembed-providers/providers.json").flatMap((p) => p.endpoints.flatMap((e) => e.schemes ?? []));
write("oembed.txt", "URL patterns of the oEmbed providers, * for any text", "oembed-providers", schemes);

rmSync(work, { recursive: true });
