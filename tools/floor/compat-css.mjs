// node tools/floor/compat-css.mjs FILE…
// Fails on CSS that MDN's compatibility data calls newer than the floor browsers. What stands inside
// @supports is progressive enhancement and is left alone.
import fs from "node:fs";
import postcss from "postcss";
import parseSelector from "postcss-selector-parser";
import parseValue from "postcss-value-parser";
import bcd from "@mdn/browser-compat-data" with { type: "json" };

const FLOOR = { chrome: 66, firefox: 52, safari: 11.1, safari_ios: 11.3 };
const { css } = bcd;
// Ignored without harm by a browser that does not know them.
const HARMLESS_PROPERTIES = new Set([
  "color-scheme", "cursor", "forced-color-adjust", "print-color-adjust", "scrollbar-gutter", "size",
]);
const HARMLESS_AT_RULES = new Set(["page"]);
const HARMLESS_MEDIA = new Set(["prefers-reduced-motion", "prefers-color-scheme", "prefers-contrast", "forced-colors"]);
const NEW_UNITS = /^-?\d*\.?\d+(dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|cqi|cqb|lh|rlh|cap)$/;

function since(version) {
  if (version === "preview" || version === false || version === null || version === undefined) return Infinity;
  return version === true ? 0 : Number.parseFloat(String(version).replace("≤", ""));
}

function plain(statement) {
  return statement && !statement.flags && !statement.prefix && !statement.alternative_name;
}

/** The floor browsers that lack a feature, with the version that has it; "" when none lacks it. */
function lacking(compat) {
  if (!compat) return "";
  const browsers = [];
  for (const [browser, floor] of Object.entries(FLOOR)) {
    const statements = [compat.support[browser]].flat();
    const has = statements.some(
      (each) =>
        plain(each) &&
        since(each.version_added) <= floor &&
        !(each.version_removed && since(each.version_removed) <= floor),
    );
    if (!has) {
      const first = Math.min(...statements.map((each) => (plain(each) ? since(each.version_added) : Infinity)));
      browsers.push(`${browser} ${first}`);
    }
  }
  return browsers.join(", ");
}

function isGuarded(node) {
  for (let outer = node; outer; outer = outer.parent) {
    if (outer.type === "atrule" && outer.name === "supports") return true;
  }
  return false;
}

function* faultsOfAtRule(node) {
  if (node.name.startsWith("-") || HARMLESS_AT_RULES.has(node.name)) return;
  yield [`@${node.name}`, lacking(css["at-rules"][node.name]?.__compat)];
  if (node.name !== "media") return;
  if (/[<>]/.test(node.params)) yield ["@media with < or >", "all"];
  for (const feature of node.params.match(/[a-z-]+(?=\s*[:)])/g) ?? []) {
    if (!HARMLESS_MEDIA.has(feature)) yield [`@media ${feature}`, lacking(css["at-rules"].media[feature]?.__compat)];
  }
}

function* faultsOfRule(node) {
  if (node.parent?.type === "rule") yield ["nested rule", "all"];
  if (node.parent?.type === "atrule" && /keyframes$/.test(node.parent.name)) return;
  const found = [];
  parseSelector((selectors) =>
    selectors.walkPseudos((pseudo) => {
      const name = pseudo.value.replace(/^::?/, "");
      if (!name.startsWith("-")) found.push([pseudo.value, lacking(css.selectors[name]?.__compat)]);
    }),
  ).processSync(node.selector);
  yield* found;
}

function compatOfFunction(name) {
  const types = css.types ?? {};
  const places = [types, types.color, types.image, types.calc, types["basic-shape"], types["transform-function"]];
  return places.map((place) => place?.[name]?.__compat).find(Boolean);
}

function faultsOfValue(node, info) {
  const found = [];
  parseValue(node.value).walk((part) => {
    if (part.type === "function" && part.value) {
      const name = part.value.toLowerCase();
      // rect() is new as a shape, and as old as CSS 2 in `clip`.
      if (node.prop !== "clip") found.push([`${name}()`, lacking(compatOfFunction(name))]);
      const isColour = /^(rgb|rgba|hsl|hsla)$/.test(name);
      const hasComma = part.nodes.some((each) => each.type === "div" && each.value === ",");
      if (isColour && !hasComma && !part.nodes.some((each) => each.type === "function")) {
        found.push([`${name}() with spaces`, "firefox 52, safari 12.1"]);
      }
    } else if (part.type === "word") {
      if (node.prop !== "font-family") found.push([`${node.prop}: ${part.value}`, lacking(info?.[part.value]?.__compat)]);
      const unit = part.value.match(NEW_UNITS);
      if (unit) found.push([`unit ${unit[1]}`, "all"]);
    }
  });
  return found;
}

function* faultsOfDeclaration(node) {
  if (node.prop.startsWith("-") || HARMLESS_PROPERTIES.has(node.prop)) return;
  const info = css.properties[node.prop];
  if (info) yield [node.prop, lacking(info.__compat)];
  if (/^(gap|row-gap|column-gap)$/.test(node.prop)) {
    const display = node.parent.nodes.find((each) => each.prop === "display")?.value ?? "";
    if (/flex/.test(display)) yield [`${node.prop} in a flex box`, lacking(info?.flex_context?.__compat) || "all"];
    else yield [`${node.prop} in a grid: write grid-gap`, lacking(info?.grid_context?.__compat)];
  }
  yield* faultsOfValue(node, info);
}

function* faultsOf(node) {
  if (node.type === "atrule") yield* faultsOfAtRule(node);
  else if (node.type === "rule") yield* faultsOfRule(node);
  else if (node.type === "decl") yield* faultsOfDeclaration(node);
}

// A later declaration may better an earlier one that the floor knows: `height: 100vh; height: 100dvh`.
function isFallenBackOn(node) {
  return node.type === "decl" && node.prev()?.type === "decl" && node.prev().prop === node.prop;
}

const files = process.argv.slice(2);
let faults = 0;
for (const file of files) {
  postcss.parse(fs.readFileSync(file, "utf8"), { from: file }).walk((node) => {
    if (isGuarded(node) || isFallenBackOn(node)) return;
    for (const [what, browsers] of faultsOf(node)) {
      if (!browsers) continue;
      faults += 1;
      console.log(`${file}:${node.source.start.line} ${what} needs ${browsers}`);
    }
  });
}
if (faults) console.log(`${faults} features that a floor browser lacks`);
process.exit(faults ? 1 : 0);
