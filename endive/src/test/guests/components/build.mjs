// Makes components of guests, as today's compilers emit them: node build.mjs NODE_MODULES WIT WIT03
//   NODE_MODULES  a folder in which npm has installed @bytecodealliance/jco (1.35.0 made the files that are here)
//   WIT           the folder preview2 of the repository WebAssembly/WASI at v0.2.0
//   WIT03         the folder proposals of the same repository at v0.3.0
// "lines" imports WASI preview 1 and gets the adapter, a core module of its own; the others get a shim and a fixup, and
// "initialised" one more, which calls its _initialize.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [modules, witFolder, wit03Folder] = process.argv.slice(2).map((path) => resolve(path));
const tools = await import(
  pathToFileURL(join(modules, "@bytecodealliance/jco-transpile/dist/wasm-tools.js"))
);
const here = dirname(fileURLToPath(import.meta.url));

const names = ["clocks", "random", "filesystem", "sockets", "cli"];

/** All of WASI's packages in one text. */
function packages() {
  return texts(["io", ...names], "0.2.0", (name) => join(witFolder, name));
}

function packages03() {
  return texts(names, "0.3.0", (name) => join(wit03Folder, name, "wit"));
}

function texts(packageNames, version, folderOf) {
  return packageNames
    .map((name) => {
      const folder = folderOf(name);
      const files = readdirSync(folder).filter((file) => file.endsWith(".wit"));
      const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
      const body = texts.join("\n").replace(/^package .*;/gm, "");
      return `package wasi:${name}@${version} {\n${body}\n}\n`;
    })
    .join("");
}

async function component(name, world, adapters) {
  await embed(name, "programs", `package sluice:guests;\nworld guest { ${world} }\n${packages()}${packages03()}`, "guest", adapters);
}

async function embed(name, folder, witSource, world, adapters) {
  const embedded = await tools.componentEmbed({
    binary: readFileSync(join(here, "..", folder, `${name}.wasm`)),
    witSource,
    world,
    stringEncoding: "utf8",
    dummy: false,
    metadata: [],
  });
  writeFileSync(join(here, `${name}.wasm`), await tools.componentNew(embedded, adapters));
}

await component("statsd", "include wasi:cli/command@0.2.0;", []);
await component("initialised", "include wasi:cli/command@0.2.0;", []);
await component("throughput", "include wasi:cli/command@0.2.0;", []);
const sockets = ["udp", "udp-create-socket", "instance-network"];
await component("lines", sockets.map((name) => `import wasi:sockets/${name}@0.2.0;`).join(" "), [
  [
    "wasi_snapshot_preview1",
    readFileSync(join(modules, "@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm")),
  ],
]);
const plugins = readFileSync(join(here, "../plugins/plugins.wit"), "utf8");
await embed("filter", "plugins", plugins, "plugin", []);
await embed("values", "plugins", plugins, "values", []);

// Programs for 0.3 whose output, arguments and clock are those of 0.2.
const mixed = [
  "include wasi:cli/command@0.3.0;",
  ...["sockets/udp", "sockets/udp-create-socket", "sockets/instance-network", "cli/environment", "cli/stdin"]
    .concat(["cli/stdout", "clocks/monotonic-clock", "io/poll", "io/streams"])
    .map((name) => `import wasi:${name}@0.2.0;`),
].join(" ");
await component("callback", mixed, []);
await component("throughput03", mixed, []);
