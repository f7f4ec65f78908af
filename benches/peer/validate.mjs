// ajv: the schema's yes or no for every entry. SCHEMA FILE
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// The packages lie in the folder that the harness runs this in.
const require = createRequire(join(process.cwd(), "package.json"));
const Ajv = require("ajv/dist/2020").default;
const ajv = new Ajv({ strict: false });
require("ajv-formats").default(ajv);
const [schema, path] = process.argv.slice(2);
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));

let entries = 0;
let refused = 0;
function check(entry) {
  entries += 1;
  if (!validate(entry)) refused += 1;
}

if (path.endsWith(".json")) {
  for (const entry of JSON.parse(readFileSync(path, "utf8")).koperasi) check(entry);
} else {
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 })) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop();
    for (const line of lines) check(JSON.parse(line));
  }
  if (rest) check(JSON.parse(rest));
}
console.log(JSON.stringify({ entries, refused }));
