// Compiles wheels, and the standard library, with Pyodide's own Python:
//   node compile.mjs FOLDER_OF_PYODIDE/ [INPUT OUTPUT]...
// An archive keeps its name and its members; each .py becomes a .pyc, except where its
// source is part of what it does, and what never runs in a browser is left out.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...archives] = process.argv.slice(2);
const { loadPyodide } = await import(new URL("pyodide.mjs", pathToFileURL(folder)).href);
const python = await loadPyodide({ indexURL: folder });
python.runPython(`
import importlib._bootstrap_external as bootstrap, io, re, zipfile

LEFT_OUT = re.compile(
    r"(^|/)tests?/|(^|/)conftest\\.py$|\\.(pxd|h|c|a)$|/f2py/"
    r"|^(?!jedi/).*\\.pyi$"  # jedi completes by them
    r"|^matplotlib/mpl-data/(sample_data|images)/|/web_backend/|^[^/]+\\.data/"
)
SOURCE = re.compile(r"^lossbook/exercises/\\w+/solutions\\.py$")  # a solution shows its source

def compiled(archive):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for info in sorted(old.infolist(), key=lambda info: info.filename):
            name, data = info.filename, old.read(info)
            if info.is_dir() or LEFT_OUT.search(name):
                continue
            if name.endswith(".py") and not SOURCE.match(name):
                try:
                    code = compile(data, name, "exec", dont_inherit=True)
                except SyntaxError:
                    pass  # a template, not a module
                else:
                    name, data = name + "c", bytes(bootstrap._code_to_timestamp_pyc(code))
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.compress_type = info.external_attr, zipfile.ZIP_DEFLATED
            new.writestr(entry, data, compresslevel=9)
    return out.getvalue()
`);
for (let i = 0; i < archives.length; i += 2) {
  python.FS.writeFile("/in", readFileSync(archives[i]));
  python.runPython('open("/out", "wb").write(compiled(open("/in", "rb").read()))');
  writeFileSync(archives[i + 1], python.FS.readFile("/out"));
}
process.exit(0);
