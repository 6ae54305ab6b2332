// What the workbook keeps is never written over by a pane that could not read it.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { Keeper } from "../src/taskpane/desk-kept";

/** A workbook with one kept profile, whose first requests fail. */
function open(failures: number): { readonly written: string[] } {
  const written: string[] = [];
  let left = failures;
  const part = {
    id: "1",
    getXml: () => ({
      value: `<profile xmlns="urn:option-seller-margin:profile:1">{"kept":true}</profile>`,
    }),
    delete: () => undefined,
  };
  const context = {
    workbook: {
      customXmlParts: {
        getByNamespace: () => ({ items: [part], load: () => undefined }),
        add: (xml: string) => written.push(xml),
      },
    },
    sync: () => (left-- > 0 ? Promise.reject(new Error("busy")) : Promise.resolve()),
  };
  Object.assign(globalThis, {
    Office: { context: { requirements: { isSetSupported: () => true } } },
    Excel: { run: (batch: (given: typeof context) => unknown) => batch(context) },
    DOMParser: class {
      parseFromString = (xml: string) => ({
        documentElement: {
          namespaceURI: "urn:option-seller-margin:profile:1",
          textContent: /{.*}/.exec(xml)?.[0] ?? "",
        },
      });
    },
    XMLSerializer: class {
      serializeToString = () => "<profile/>";
    },
    document: undefined,
  });
  return { written };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  for (const name of ["Office", "Excel", "DOMParser", "XMLSerializer", "document"]) {
    Reflect.deleteProperty(globalThis, name);
  }
});

async function read(keeper: Keeper): Promise<unknown> {
  const reading = keeper.read("profile");
  await jest.advanceTimersByTimeAsync(5000);
  return reading;
}

test("Excel that is busy for a moment is asked again", async () => {
  open(2);
  const failed: string[] = [];
  expect(
    await read(
      new Keeper(
        () => true,
        (kind) => failed.push(kind),
      ),
    ),
  ).toEqual({ kept: true });
  expect(failed).toEqual([]);
});

test("what could not be read is not written over, and that is said", async () => {
  const { written } = open(1000);
  const failed: string[] = [];
  const keeper = new Keeper(
    () => true,
    (kind) => failed.push(kind),
  );
  expect(await read(keeper)).toBeUndefined();
  keeper.write("profile", "{}");
  await jest.advanceTimersByTimeAsync(5000);
  expect(written).toEqual([]);
  expect(failed).toEqual(["profile"]);
});
