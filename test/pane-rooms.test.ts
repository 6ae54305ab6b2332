// Every room and page of the production pane in a real browser: for every eye, at every width, by
// keyboard alone, and what a statement, a setting or a broken file changes in them.
import * as XLSX from "@e965/xlsx";
import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import type { Frame, Page } from "playwright-core";
import type { Standing } from "../src/account";
import { amount } from "../src/core";
import { pill } from "../src/taskpane/views/status";
import { inBrowser, paneBrowser, withAxe, workbenchSession } from "./host/in-browser";
import { caseNamed } from "./statements/files";
import { ctpDayBefore, ctpOfAccount, ctpWithEquity, MARKET } from "./taskpane/ctp.mjs";
import { faces, file, SHADES, troubles } from "./taskpane/eyes";
import { filesOnDisk } from "./taskpane/on-disk";
import type { Look } from "./taskpane/page";

const CTP = caseNamed("ctp-standard");
const CALL = ctpWithEquity("500000.00");
const UNKNOWN_COLUMNS =
  "代号,多空,数,结,价\nIO2612-C-4800,卖,3,45.2,4650\nIO2612-P-4300,卖,1,18.6,4650\n";
const UNREAD_ROWS =
  "合约\t方向\t手数\t结算价\nIO2612-C-4800\t卖\tx\t45.2\nm2701-P-2900\t卖\t2\t38.5";

/** A file, or where it is. */
type Given = ReturnType<typeof file> | string;

/** Into the first run, or by the Import button of an account that is there. */
async function take(page: Page | Frame, given: Given): Promise<void> {
  if ((await page.locator("#files").count()) === 0) await page.click("#import-button");
  await page.setInputFiles("#files", given);
}

async function show(page: Page | Frame, given: Given): Promise<void> {
  await take(page, given);
  await page.waitForSelector("#files", { state: "detached" });
  await page.waitForSelector("#status-heading", { state: "attached" });
}

async function typeMarket(page: Page | Frame): Promise<void> {
  for (const [kind, texts] of [
    ["price", MARKET.prices],
    ["rate", MARKET.rates],
  ] as const) {
    for (const [code, text] of Object.entries(texts)) {
      const field = page.locator(`#${kind}-${code}`);
      if ((await field.count()) > 0) await field.fill(text);
    }
  }
}

const status = (page: Page | Frame): Promise<string> =>
  page.locator(".hero .pill").first().innerText();
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.id);
const alerted = (page: Page): Promise<string | null> =>
  page.locator('#pane > [role="alert"]').textContent();

/** Presses Tab until something is reached. */
async function tabTo(page: Page, selector: string, key = "Tab"): Promise<void> {
  for (let pressed = 0; pressed < 90; pressed += 1) {
    if (await page.evaluate((to) => document.activeElement?.matches(to), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${selector} isn't reached by ${key}`);
}

/** The rows of the chart of changes, in fen: the level before, the causes, the level after. */
async function waterfall(page: Page): Promise<number[]> {
  const cells = await page.locator(".waterfall tbody td:last-child").allInnerTexts();
  return cells.map((text) =>
    amount(text.replace("−", "-").replace(/[+,]/g, "")).times(100).toNumber(),
  );
}

/** Each view, reached from the one before it; `check` is called on every one. */
async function walk(page: Page, check: (view: string) => Promise<void>): Promise<void> {
  await check("first run");
  await show(page, file("19.txt", ctpDayBefore()));
  await typeMarket(page);
  await check("watch");
  await show(page, file("20.txt", CALL));
  await check("margin call, prices missing, since last time open");
  await typeMarket(page);
  await page.locator(".position").first().click();
  await page.click("#parts-button");
  await check("an opened working and the breakdown");
  await page.click("#source-button");
  await check("the menu of sources");
  await page.keyboard.press("Escape");
  await page.click("#tab-whatIf");
  await page.click("#part-actions");
  await check("the plan");
  await page.click("#order-own");
  await page.fill("#trade-0-contract", "IO2612-C-4800");
  await page.fill("#trade-0-lots", "1");
  await page.fill("#trade-0-price", "x");
  await check("own trades");
  await page.click("#settings-button");
  await page.fill("#set-lines-call", "900%");
  await check("settings with something refused");
  await page.click("#settings-back");
  await page.click("#import-button");
  await check("import");
  await page.setInputFiles("#files", file("表.csv", UNKNOWN_COLUMNS));
  await page.waitForSelector(".trouble-card");
  await check("a failure");
  await page.click(".trouble-acts .button");
  await check("columns");
  await page.keyboard.press("Escape");
  await page.click("#tab-account");
  await page.click("#import-button");
  await page.fill("#pasted", UNREAD_ROWS);
  await page.click("#read-pasted");
  await page.waitForSelector("#problems-button");
  await check("undetermined, with rows unread");
  await page.click("#problems-button");
  await check("problems");
  await page.keyboard.press("Escape");
  for (const [name, equity] of [
    ["normal", "875417.48"],
    ["liquidation", "450000.00"],
    ["immediate", "380000.00"],
  ] as const) {
    await take(page, file(`${name}.txt`, ctpWithEquity(equity)));
    await page.click("#question-replace");
    await page.waitForSelector("#files", { state: "detached" });
    await check(name);
    await page.click("#tab-whatIf");
    await check(`${name}, own trades`);
    await page.click("#tab-account");
  }
}

inBrowser("the rooms of the pane", () => {
  const panes = paneBrowser();
  const onDisk = filesOnDisk();

  const open = (look: Partial<Look> = {}, colours = false) =>
    panes.open(
      { width: 320, language: "zh", theme: "light", room: "account", ...look },
      async (fresh) => {
        await withAxe(fresh);
        // Colours of moves are looked over with all others where they are on.
        if (colours) {
          await fresh.addInitScript(() =>
            localStorage.setItem("option-seller-margin.moves", "redUp"),
          );
        }
      },
      { until: "#choose-files" },
    );

  test.each(["zh", "en"] as const)(
    "in %s and in whatever theme no view keeps anyone out, overflows or cuts a figure at any width",
    async (language) => {
      const page = await open({ language }, true);
      const seen: string[] = [];
      await walk(page, async (view) => {
        seen.push(view);
        expect([view, await troubles(page, SHADES[language])]).toEqual([view, []]);
      });
      expect(seen.length).toBe(19);
      await page.close();
    },
    120_000,
  );

  test.each([
    ["zh", "追保"],
    ["en", "Margin call"],
  ] as const)(
    "the whole way by keyboard alone, in %s",
    async (language, call) => {
      const page = await open({ language });
      const { keyboard } = page;
      await page.focus("#tab-account");
      await tabTo(page, "#choose-files");
      await page.setInputFiles("#files", file("20.txt", CALL));
      await page.waitForSelector("#status-heading", { state: "attached" });
      expect(await focused(page)).toBe("status-heading");
      expect(await status(page)).toBe(call);

      // A row is opened, the next one reached, and closed again.
      await tabTo(page, ".position");
      await keyboard.press("Enter");
      expect(await page.locator('.position[aria-expanded="true"]').count()).toBe(1);
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      expect(await page.locator('.position[aria-expanded="true"]').innerText()).toContain(
        "cu2701C90000",
      );
      await keyboard.press("Escape");
      expect(await page.locator('.position[aria-expanded="true"]').count()).toBe(0);

      // Settings give the focus back to what opened them.
      await tabTo(page, "#settings-button", "Shift+Tab");
      await keyboard.press("Enter");
      expect(await focused(page)).toBe("settings-heading");
      await tabTo(page, 'input[name="surcharge"]');
      await keyboard.press("ArrowUp");
      await keyboard.press("ArrowUp");
      expect(await page.locator('input[name="surcharge"]:checked').getAttribute("value")).toBe(
        "points",
      );
      await tabTo(page, "#set-surcharge-points");
      await keyboard.type("3");
      await keyboard.press("Escape");
      expect(await focused(page)).toBe("settings-button");

      await tabTo(page, "#tab-account", "Shift+Tab");
      await keyboard.press("ArrowRight");
      expect(await focused(page)).toBe("tab-whatIf");
      await tabTo(page, "#part-market");
      await keyboard.press("ArrowRight");
      expect(await focused(page)).toBe("part-actions");
      await tabTo(page, "#order-fewest");
      const plan = await page.locator(".step").first().innerText();
      expect(plan).toContain("IO2612-P-4300");
      for (let i = 0; i < 4; i += 1) await keyboard.press("ArrowRight");
      expect(await focused(page)).toBe("order-own");
      for (const [field, text] of [
        ["contract", "IO2612-C-4800"],
        ["lots", "1"],
        ["price", "46"],
      ] as const) {
        await tabTo(page, `#trade-0-${field}`);
        await keyboard.type(text);
      }
      // 59,270 released, 4,600 paid: 412,126 of 495,400.
      const strip = await page.locator(".strip").innerText();
      expect(strip.replace(/\s+/g, " ")).toContain("94.28% 83.19% −11.09");
      await page.close();
    },
    60_000,
  );

  test("the focus goes through the Account room as one reads it", async () => {
    const page = await open();
    await show(page, file("20.txt", CALL));
    await faces(page);
    await page.setViewportSize({ width: 320, height: 2400 });
    await page.focus("#tab-account");
    const places: { name: string; top: number; bottom: number; left: number }[] = [];
    for (;;) {
      const place = await page.evaluate(() => {
        const { activeElement: at } = document;
        if (!at || at === document.body) return undefined;
        const { top, bottom, left } = at.getBoundingClientRect();
        return { name: at.id || (at.textContent ?? ""), top, bottom, left };
      });
      if (!place || places.some(({ name }) => name === place.name)) break;
      places.push(place);
      await page.keyboard.press("Tab");
    }
    expect(places.length).toBeGreaterThan(20);
    places.slice(1).forEach((here, at) => {
      const before = places[at] as (typeof places)[number];
      const below = here.top >= before.bottom - 1;
      const beside = here.top < before.bottom && here.bottom > before.top;
      const inOrder = below || (beside && here.left > before.left);
      expect([before.name, here.name, inOrder]).toEqual([before.name, here.name, true]);
    });
    await page.close();
  });

  test("since last time opens by itself where a line was crossed, and its rows add up", async () => {
    const page = await open();
    await show(page, file("19.txt", ctpDayBefore()));
    expect(await status(page)).toBe("关注");
    expect(await page.locator("#problems-button").count()).toBe(0);
    await typeMarket(page);
    await show(page, file("20.txt", CALL));
    expect(await page.locator("#problems-button").count()).toBe(0);
    await typeMarket(page);
    expect(await status(page)).toBe("追保");
    expect(await page.locator("#since-button").getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator("#since").innerText()).toContain("这期间越过了一条线。");
    const rows = await waterfall(page);
    // From 421,516.00 to 471,396.00: one lot of copper, and a dearer call.
    expect([rows[0], rows.at(-1)]).toEqual([42_151_600, 47_139_600]);
    expect(rows).toContain(4_940_000);
    expect(rows.slice(0, -1).reduce((sum, fen) => sum + fen)).toBe(rows.at(-1));
    await page.close();
  });

  test("where no line was crossed it stays closed", async () => {
    const page = await open();
    await show(page, file("19.txt", ctpDayBefore("875417.48")));
    await show(page, file("20.txt", CTP.bytes));
    expect(await page.locator("#since-button").getAttribute("aria-expanded")).toBe("false");
    expect(await page.locator("#since-button").innerText()).toContain("+49,880.00");

    // How figures look is chosen in Settings; in 万 a headline is still whole for who looks closer or copies it.
    await take(page, file("20.txt", ctpWithEquity("8754174.80")));
    await page.click("#question-replace");
    await page.waitForSelector(".hero .money >> text=¥8,230,401.46");
    await page.locator(".position").first().click();
    const colour = () =>
      page
        .locator(".move")
        .first()
        .evaluate((digits) => getComputedStyle(digits).color);
    const plain = await colour();
    await page.click("#settings-button");
    await page.check('input[name="settings-moves"][value="redUp"]');
    await page.check("#set-wan");
    await page.click("#settings-back");
    expect(await colour()).not.toBe(plain);
    const room = page.locator(".hero .money");
    expect((await room.innerText()).split("\n")[0]).toMatch(/^¥823\.04 万/);
    await page.focus(".hero .wan");
    expect(await room.innerText()).toBe("¥8,230,401.46");
    await page.locator("#status-heading").focus();
    const copied = await page.evaluate(() => {
      const money = document.querySelector(".hero .money");
      if (money) getSelection()?.selectAllChildren(money);
      return getSelection()?.toString();
    });
    expect(copied).toBe("¥8,230,401.46");
    expect(await page.locator(".figures .wan").count()).toBe(0);
    const kept = await page.evaluate(() =>
      ["moves", "wan"].map((name) => localStorage.getItem(`option-seller-margin.${name}`)),
    );
    expect(kept).toEqual(["redUp", "on"]);
    await page.close();
  });

  test.each([
    ["875417.48", "正常", false],
    ["500000.00", "追保", false],
    ["450000.00", "平仓", true],
    ["380000.00", "即时处置", true],
  ] as const)(
    "an equity of %s is %s; only what can't wait interrupts",
    async (equity, word, urgent) => {
      const page = await open();
      await show(page, file("20.txt", ctpWithEquity(equity)));
      expect(await status(page)).toBe(word);
      expect(await page.locator("#problems-button").count()).toBe(0);
      if (urgent) expect(await alerted(page)).toContain(word);
      else expect(await alerted(page)).toBe("");
      const polite = await page.locator('#pane > [role="status"]').textContent();
      expect(polite?.includes(word)).toBe(!urgent);
      await page.close();
    },
  );

  test.each([
    [
      "a workbook with a password",
      file("密.xlsx", withPassword()),
      "密.xlsx 有密码。在 Excel 里另存一份不加密的再导入。",
    ],
    [
      "bytes of no encoding",
      file(
        "码.txt",
        Uint8Array.from({ length: 400 }, (_, i) => [0xff, 0x81, 0x20][i % 3] ?? 0),
      ),
      "文字读不出来（既非 UTF-8 也非 GB18030）。从软件里重新导出一份。",
    ],
    ["a letter", file("信.txt", "hello\nworld\n"), "没认出 信.txt：不是已知的结算单，也不是表格。"],
    ["an empty file", file("空.txt", ""), "空.txt 是空的。"],
    [
      "a file above the limit",
      file("大.txt", new Uint8Array(21_000_000)),
      "大.txt 有 21 MB，上限 20 MB。按月或按账户分开。",
    ],
  ])("%s is told in a sentence, and the account before stays", async (_, given, sentence) => {
    const page = await open();
    await show(page, file("20.txt", CALL));
    await take(page, onDisk(given.name, given.buffer));
    await page.waitForSelector(".trouble-card");
    expect(await page.locator(".trouble-card").innerText()).toContain(sentence);
    await page.keyboard.press("Escape");
    expect(await status(page)).toBe("追保");
    expect(await page.locator("#source-button").innerText()).toContain("90****01");
    await page.close();
  });

  test("a file two formats claim is asked about; without an answer nothing changes", async () => {
    const page = await open();
    await show(page, file("20.txt", CALL));
    const both = Buffer.concat([caseNamed("ctp-wide").bytes, caseNamed("etf-option").bytes]);
    await take(page, file("两.txt", both));
    await page.waitForSelector("#question");
    const said = await page.locator("#question").innerText();
    expect(said).toContain("期货公司结算单（CTP 文本）");
    expect(said).toContain("期货公司 ETF 期权结算单");
    await page.keyboard.press("Escape");
    expect(await page.locator("#question").count()).toBe(0);
    await page.keyboard.press("Escape");
    expect(await status(page)).toBe("追保");
    await page.close();
  });

  test("the exchange's table fills in an adjusted contract, or says which row of it is damaged", async () => {
    const page = await open();
    await show(page, file("期权.txt", caseNamed("etf-option").bytes));
    await page.click(".paste-column summary >> text=合约调整表");
    const header = "合约代码\t原合约单位\t新合约单位\t原行权价格\t新行权价格\n";
    const take = async (row: string, said: string): Promise<void> => {
      await page.fill("#paste-terms", header + row);
      await page.click("#take-terms");
      await page.waitForSelector(`text=${said}`);
    };
    await take("510300C2612M04000\t10000\t\t4\t3.95", "调整表读不了：第 2 行 510300C2612M04000：");
    await take("510050C2612M03100\t10000\t10132\t3.1\t3.06", "调整表里没有本账户已调整的合约");
    await take("510300C2612M04000\t10000\t10132\t4\t3.95", "已按调整表填入 1 个合约。");
    await page.waitForSelector("text=调整表的行权价是 3.95，按规则算是 3.948：用调整表的。");
    expect(await page.inputValue("#strike-510300C2612A04000")).toBe("3.95");
    expect(await troubles(page, ["light"])).toEqual([]);
    await page.fill("#strike-510300C2612A04000", "3.948");
    expect(await page.locator("text=按规则算").count()).toBe(0);
    await page.close();
  });

  test("a statement that was cut off is never called normal on what is left of it", async () => {
    const page = await open();
    const whole = CTP.bytes;
    // In the middle of the positions: the summary on top is there, the rows are not.
    await take(page, file("断.txt", whole.slice(0, Math.floor(whole.length * 0.8))));
    await page.waitForSelector("#status-heading, .trouble-card", { state: "attached" });
    const text = await page.locator("#room").innerText();
    expect(text).toMatch(/不完整|未定/);
    await page.click("#problems-button");
    expect(await page.locator(".problems").innerText()).toContain("断.txt");
    await page.close();
  });

  test("two accounts stand apart, each under its masked number", async () => {
    const page = await open();
    await show(page, file("a.txt", CALL));
    await show(page, file("b.txt", ctpOfAccount("80000002")));
    await page.click("#source-button");
    const menu = await page.locator("#source-menu").innerText();
    expect(menu).toContain("属于 2 个账户");
    expect(menu).toContain("80****02");
    expect(await page.locator("#pane").evaluate((one) => one.outerHTML)).not.toMatch(
      /90000001|80000002/,
    );
    expect(await status(page)).toBe("正常");
    await page.click(".source-row >> text=90****01");
    expect(await status(page)).toBe("追保");
    await page.close();
  });

  test("nowhere, on no page and in no hint, does an account's number stand unmasked", async () => {
    const page = await open();
    await walk(page, async (view) => {
      const shown = await page.locator("#pane").evaluate((one) => one.outerHTML);
      expect([view, shown.includes("90000001")]).toEqual([view, false]);
    });
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).not.toContain("90000001");
    await page.close();
  }, 60_000);

  test("the broker's lines move the status, and a holiday moves the deadline", async () => {
    const page = await open();
    await show(page, file("20.txt", CTP.bytes));
    expect(await status(page)).toBe("正常");
    await page.click("#settings-button");
    await page.fill("#set-lines-watch", "45%");
    await page.fill("#set-lines-call", "50%");
    await page.click("#settings-back");
    expect(await status(page)).toBe("追保");
    const hero = () => page.locator(".hero").innerText();
    // 471,396 ÷ 0.5 − 875,417.48, and one fen, because a line is reached at equality.
    expect(await hero()).toContain("¥67,374.53");
    expect(await hero()).toContain("11-23 周一 11:30");
    await page.click("#settings-button");
    await page.fill("#set-deadline-holidays", "2026-11-23");
    await page.click("#settings-back");
    expect(await hero()).toContain("11-24 周二 11:30");
    // A term that is switched is heard, even where the status stays.
    await page.click("#settings-button");
    const polite = () => page.locator('#pane > [role="status"]').innerText();
    const before = await polite();
    await page.selectOption("#set-ratio", "marketValue");
    await page.waitForFunction(
      (was) => document.querySelector('#pane > [role="status"]')?.textContent !== was,
      before,
    );
    await page.click("#settings-back");
    const ratio = (await page.locator(".hero .big").innerText()).replace(/\s/g, "");
    expect(await polite()).toContain(`追保 ${ratio}`);
    await page.close();
  });

  test("settings that are exported are the same settings when they come back", async () => {
    const page = await open();
    await show(page, file("20.txt", CTP.bytes));
    await page.click("#settings-button");
    const exported = async (): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.click("#export-profile"),
      ]);
      return readFileSync(await download.path(), "utf8");
    };
    const before = await exported();
    await page.fill("#set-lines-watch", "45%");
    await page.fill("#set-lines-call", "50%");
    await page.fill("#set-deadline-holidays", "2026-11-23");
    const changed = await exported();
    expect(changed).not.toBe(before);
    await page.click("#reset-profile");
    expect(await exported()).toBe(before);
    await page.setInputFiles("#profile-file", file("profile.json", changed));
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("#set-lines-call")?.value === "50%",
    );
    expect(await exported()).toBe(changed);

    for (const [name, text] of [
      ["broken.json", "{"],
      ["other.json", '{"version":1,"lines":{"call":"much"}}'],
    ] as const) {
      await page.setInputFiles("#profile-file", file(name, text));
      await page.waitForSelector(".advice.trouble");
      expect(await exported()).toBe(changed);
    }
    await page.close();
  });
});

/** The container Excel wraps an encrypted workbook in. */
function withPassword(): Uint8Array {
  const cfb = XLSX.CFB.utils.cfb_new();
  for (const name of ["EncryptedPackage", "EncryptionInfo"]) {
    XLSX.CFB.utils.cfb_add(cfb, name, new Uint8Array(64));
  }
  return new Uint8Array(XLSX.CFB.write(cfb, { type: "buffer" }) as Uint8Array);
}

inBrowser("what the workbook keeps", () => {
  const session = workbenchSession();

  test("profile, snapshots and the account are there again when the pane is loaded anew", async () => {
    const bench = await session.open("?lang=zh-CN&theme=light");
    await bench.pane().click("#tab-account");
    await bench.pane().click("#keeping-in-settings");
    await bench.pane().getByText("重新打开窗格时取回").click();
    await bench.pane().click("#settings-back");
    await show(bench.pane(), file("19.txt", ctpDayBefore()));
    await bench.pane().fill("#price-IO", "4638");
    await bench.pane().click("#settings-button");
    await bench.pane().fill("#set-lines-watch", "70%");
    // What is typed is kept once the typing rests.
    await bench.page.waitForTimeout(2000);

    await bench.page.click("#theme");
    await bench.page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    await bench.settled();
    const pane = bench.pane();
    await pane.waitForSelector(".advice >> text=（11-19），从这台电脑取回。");
    expect(await pane.locator("#source-button").innerText()).toContain("11-19");
    expect(await pane.inputValue("#price-IO")).toBe("4638");
    expect(await pane.evaluate(() => document.activeElement?.id)).toBe("");
    await show(pane, file("20.txt", CALL));
    expect(await pane.locator("#since-button").innerText()).toContain("+49,880.00");
    await pane.click("#settings-button");
    expect(await pane.inputValue("#set-lines-watch")).toBe("70%");
    await pane.click("#clear-imports");
    await pane.waitForSelector(".advice >> text=这台电脑上存的账户已删除");
    expect(bench.foreignRequests).toEqual([]);
    expect(bench.troubles).toEqual([]);
  }, 60_000);
});

describe("the states", () => {
  const ALL: readonly Standing[] = [
    "normal",
    "watch",
    "marginCall",
    "liquidation",
    "immediate",
    "undetermined",
  ];

  test.each(["zh", "en"] as const)(
    "each has a silhouette and a word of its own, in %s",
    (language) => {
      const drawn = ALL.map((one) => {
        const [icon, word] = pill(one, language).children;
        if (typeof icon !== "object" || typeof word !== "object") throw new Error("no pill");
        const [silhouette] = icon.children;
        return [JSON.stringify(silhouette), JSON.stringify(word.children)] as const;
      });
      for (const at of [0, 1] as const) {
        expect(new Set(drawn.map((one) => one[at])).size).toBe(ALL.length);
      }
    },
  );
});
