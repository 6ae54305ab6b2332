// Names of a worksheet's cells, for the user's own formulas.
import type { FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
import { HostError, nullObject, type HostObject } from "./rich-api";

type DefinedName = ReturnType<FWorksheet["getDefinedNames"]>[number];

export function namesObject(workbook: FWorkbook, sheet: FWorksheet): HostObject {
  const all = () => sheet.getDefinedNames();
  const find = (key: unknown) =>
    all().find((name) => name.getName().toLowerCase() === String(key).toLowerCase());
  const get = (key: unknown) => {
    const found = find(key);
    if (!found) throw new HostError("ItemNotFound", `there is no name ${String(key)}`);
    return nameObject(found);
  };
  return {
    kind: "NamedItemCollection",
    item: get,
    items: () => all().map(nameObject),
    methods: {
      GetCount: () => all().length,
      GetItem: ([key]) => get(key),
      GetItemOrNullObject: ([key]) => (find(key) ? get(key) : nullObject),
      Add: ([name, reference]) => {
        if (find(name))
          throw new HostError("ItemAlreadyExists", `${String(name)} is a name already`);
        // A reference as text only; the client may also send a range.
        if (typeof reference !== "string" || !reference.startsWith("=")) {
          throw new HostError("InvalidArgument", "a name's reference is a formula here");
        }
        const named = workbook
          .newDefinedNameBuilder()
          .setName(String(name))
          .setRef(reference.slice(1))
          .setScopeToWorksheet(sheet)
          .build();
        workbook.insertDefinedNameBuilder(named);
        return get(name);
      },
    },
  };
}

function nameObject(name: DefinedName): HostObject {
  return {
    kind: "NamedItem",
    identity: { Name: name.getName() },
    values: {
      Name: () => name.getName(),
      Formula: () => `=${name.getFormulaOrRefString()}`,
      Scope: () => "Worksheet",
      Visible: () => true,
    },
    methods: { Delete: () => void name.delete() },
  };
}
