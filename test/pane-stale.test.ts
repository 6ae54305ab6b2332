// The pane and the sheet behind it, side by side in the workbench: cells that change after they were
// imported, and a sheet of ours that is written a second time.
import { beforeAll, expect, test } from "@jest/globals";
import type { Frame } from "playwright-core";
import { inBrowser, workbenchSession } from "./host/in-browser";
import type { WorkbenchPage } from "./workbench/driver";

const TABLE = [
  ["合约", "方向", "手数", "结算价", "保证金"],
  ["IO2612-C-4800", "卖", "3", "45.2", "177810"],
  ["IO2612-P-4300", "卖", "1", "18.6", "36610"],
];

inBrowser("cells imported from the sheet", () => {
  const session = workbenchSession();
  let bench: WorkbenchPage;
  let pane: Frame;

  /** The pointer leaves the sheet for the pane, which looks at what has changed meanwhile. */
  const comeBack = () => pane.dispatchEvent("html", "pointerenter");

  const select = (address: string) =>
    bench.page.evaluate((at) => {
      window.workbench?.api.getActiveWorkbook()?.getActiveSheet().getRange(at).activate();
    }, address);

  const stale = () => pane.locator(".stale");

  const newSheet = () =>
    bench.page.evaluate(() => {
      window.workbench?.api.getActiveWorkbook()?.insertSheet();
    });

  beforeAll(async () => {
    bench = await session.open("?lang=zh-CN&theme=light");
    pane = bench.pane();
    await newSheet();
    await bench.fill("B3:F5", TABLE);
    await pane.click("#tab-account");
    await pane.waitForSelector("#use-selection:not([disabled])");
    await select("C4");
    await pane.click("#use-selection");
    await pane.waitForSelector("#status-heading");
    await pane.fill("#price-IO", "4650");
    await pane.fill("#typed-equity", "500000");
  }, 90_000);

  test("while they are as they were, nothing is said", async () => {
    await comeBack();
    await bench.page.waitForTimeout(500);
    expect(await stale().count()).toBe(0);
    expect(await pane.locator(".position").count()).toBe(2);
  });

  test("a changed cell is said in the source bar, and is no longer said once it is as before", async () => {
    await bench.fill("D4", [["2"]]);
    await comeBack();
    await stale().waitFor();
    expect(await stale().innerText()).toMatch(/工作表已改动\s*重新读取/);
    await bench.fill("D4", [["3"]]);
    await comeBack();
    await stale().waitFor({ state: "detached" });
  });

  test("a row added below the table counts; reread, it is there, and what was typed has stayed", async () => {
    await bench.fill("B6:F6", [["IO2612-C-5000", "卖", "1", "20", "46500"]]);
    await comeBack();
    await pane.click("#reread");
    await stale().waitFor({ state: "detached" });
    expect(await pane.locator(".position").count()).toBe(3);
    expect(await pane.inputValue("#price-IO")).toBe("4650");
    expect(await pane.inputValue("#typed-equity")).toBe("500000");
    expect(await pane.evaluate(() => document.activeElement?.id)).toBe("source-button");
    expect(await pane.locator(".source-row").count()).toBe(1);
    await comeBack();
    await bench.page.waitForTimeout(500);
    expect(await stale().count()).toBe(0);
  });

  test("cells that are no table any more are not taken, and the account stays", async () => {
    await bench.fill(
      "B3:F6",
      Array.from({ length: 4 }, () => ["a", "b", "c", "d", "e"]),
    );
    await comeBack();
    await pane.click("#reread");
    await pane.waitForSelector("#page-title, [id^=failure]");
    if ((await pane.locator("#page-title").count()) > 0) await pane.click("#page-back");
    expect(await pane.locator(".position").count()).toBe(3);
  });
});

inBrowser("a sheet written a second time", () => {
  const session = workbenchSession();
  let bench: WorkbenchPage;
  let pane: Frame;

  const notice = () => pane.locator(".hero .advice");
  const sheets = () =>
    bench.page.evaluate(() =>
      window.workbench?.api
        .getActiveWorkbook()
        ?.getSheets()
        .map((sheet) => sheet.getSheetName()),
    );

  beforeAll(async () => {
    bench = await session.open("?lang=zh-CN&theme=light");
    pane = bench.pane();
    await pane.click("#tab-account");
    await pane.setInputFiles(
      "#files",
      "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt",
    );
    await pane.waitForSelector("#status-heading");
    await pane.click("#write-sheet");
    await pane.waitForSelector("#undo");
    await bench.settled();
  }, 90_000);

  test("agrees with what is here: then another one may be written, nothing else", async () => {
    await pane.click("#write-sheet");
    await pane.waitForSelector("#write-another");
    expect(await notice().innerText()).toContain("“保证金 11-20”与这里一致，没有要更新的。");
    expect(await pane.locator("#update-sheet, #undo").count()).toBe(0);
    expect(await sheets()).not.toContain("保证金 11-20 (2)");
  });

  test("says how many cells would change, the user's own among them, before it changes any", async () => {
    await bench.fill("B3", [["500000"]]);
    await bench.fill("L22", [["1"]]);
    await pane.click("#write-sheet");
    await pane.waitForSelector("#update-sheet");
    expect(await notice().innerText()).toContain("更新会改 2 格");
    expect(await pane.locator("#update-sheet").innerText()).toBe("更新（改 2 格）");
    expect(await bench.values("B3:B3")).toEqual([[500_000]]);
  });

  test("counts again where more has changed since it was said", async () => {
    await bench.fill("D22", [["40"]]);
    await pane.click("#update-sheet");
    await pane.waitForFunction(() =>
      document.querySelector("#update-sheet")?.textContent?.includes("3"),
    );
    expect(await bench.value("D22")).toBe(40);
  });

  test("updates in place: figures are the statement's again, notes beside them stay, no undo", async () => {
    await bench.fill("Z1", [["mine"]]);
    await pane.click("#update-sheet");
    await pane.waitForFunction(() =>
      document.querySelector(".hero .advice")?.textContent?.includes("已更新"),
    );
    await bench.settled();
    expect(await notice().innerText()).toBe("已更新“保证金 11-20”，改了 3 格。更新不能撤销。");
    expect(await bench.value("B3")).toBe(875_417.48);
    expect(await bench.value("D22")).toBe(38.5);
    expect(await bench.formula("L22")).toContain("MARGIN.SHORT(");
    expect(await bench.value("Z1")).toBe("mine");
    expect(await pane.locator("#undo").count()).toBe(0);
    expect((await sheets())?.filter((name) => name.startsWith("保证金"))).toEqual(["保证金 11-20"]);
    await bench.fill("R1", [["=margin_broker"]]);
    expect(await bench.value("R1")).toEqual(await bench.value("B4"));
  });

  test("a price typed in the pane changes its cells of the sheet", async () => {
    await pane.fill("#price-IO", "4650");
    await pane.click("#write-sheet");
    await pane.waitForSelector("#update-sheet");
    await pane.click("#update-sheet");
    await pane.waitForFunction(() =>
      document.querySelector(".hero .advice")?.textContent?.includes("已更新"),
    );
    await bench.settled();
    expect((await bench.values("A13:B18")).find(([code]) => code === "IO")).toEqual(["IO", 4650]);
  });

  test("another one is written beside it, and undone alone", async () => {
    await pane.click("#write-sheet");
    await pane.click("#write-another");
    await pane.waitForSelector("#undo");
    expect(await sheets()).toContain("保证金 11-20 (2)");
    await pane.click("#undo");
    await pane.waitForFunction(() =>
      document.querySelector(".hero .advice")?.textContent?.includes("已删除"),
    );
    expect(await sheets()).not.toContain("保证金 11-20 (2)");
    expect(await sheets()).toContain("保证金 11-20");
  });

  test("nothing was asked of any other server, and the console shows no error", () => {
    expect(bench.foreignRequests).toEqual([]);
    expect(bench.troubles).toEqual([]);
  });
});
