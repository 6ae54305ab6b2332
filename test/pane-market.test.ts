// What if · Market, in a real browser: the sliders and what follows from them, the heat map by keyboard, and a slider
// dragged over a large book; for every eye, at every width, in both languages.
import { expect, test } from "@jest/globals";
import type { Frame, Page } from "playwright-core";
import { inBrowser, paneBrowser, withAxe, workbenchSession } from "./host/in-browser";
import { barriers, file, outOfPlace } from "./taskpane/eyes";
import type { Look } from "./taskpane/page";
import { ctpWithEquity, MARKET } from "./taskpane/ctp.mjs";

const WIDTHS = [270, 320, 450];
const LOOKS: readonly Look[] = [
  { width: 320, language: "zh", theme: "light" },
  { width: 320, language: "en", theme: "dark" },
  { width: 320, language: "en", theme: "light", contrast: true },
];
const lookName = ({ language, theme, contrast }: Look): string =>
  `${language}, ${contrast ? "high contrast" : theme}`;

const LEGS = 200;

/** Index options of four months, calls and puts, long ones among them. */
function manyLegs(): string {
  const rows = Array.from({ length: LEGS }, (_, i) => {
    const strike = 3900 + (i % 50) * 50;
    const right = i % 2 === 0 ? "P" : "C";
    const month = ["2612", "2701", "2702", "2703"][Math.floor(i / 50)] ?? "";
    const intrinsic = Math.max(0, right === "C" ? 4650 - strike : strike - 4650);
    const price = intrinsic + 20 + (i % 9) * 4;
    return `IO${month}-${right}-${strike},${i % 5 === 0 ? "买" : "卖"},${1 + (i % 7)},${price},4650`;
  });
  return ["合约,方向,手数,结算价,标的价", ...rows, ""].join("\n");
}

const plain = async (page: Page | Frame, selector: string): Promise<string[]> =>
  (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());

/** The sample's account with less equity and all its prices. */
async function account(page: Page | Frame): Promise<void> {
  await page.setInputFiles("#files", file("20261120.txt", ctpWithEquity("500000.00")));
  await page.waitForSelector("#status-heading", { state: "attached" });
  for (const [kind, texts] of Object.entries({ price: MARKET.prices, rate: MARKET.rates })) {
    for (const [code, text] of Object.entries(texts)) {
      const field = page.locator(`#${kind}-${code}`);
      if ((await field.count()) > 0) await field.fill(text);
    }
  }
  await page.click("#settings-button");
  await page.fill("#set-products-sc2702-broker", "13%");
  await page.click("#settings-back");
  await market(page);
}

async function market(page: Page | Frame): Promise<void> {
  await page.click("#tab-whatIf");
  await page.click("#part-market");
  await page.waitForSelector(".plot .curve", { state: "attached" });
  await page.waitForSelector(".heat");
}

inBrowser("the market", () => {
  const panes = paneBrowser();

  const open = async (look: Partial<Look> = {}) =>
    panes.open({ width: 320, language: "zh", theme: "light", room: "account", ...look }, withAxe, {
      until: "#choose-files",
    });

  const focused = (page: Page): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.id);

  const ratioThen = (page: Page): Promise<string> =>
    page.locator(".strip tbody tr:first-child td.strong").innerText();

  test.each(LOOKS.map((look) => [lookName(look), look] as const))(
    "in %s keeps nobody out, overflows nowhere and draws its pictures as wide as their card",
    async (_, look) => {
      const page = await open(look);
      await account(page);
      await page.fill("#move-price", "+2");
      await page.fill("#move-days", "99");
      await page.evaluate(() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
      });
      expect(await barriers(page)).toEqual([]);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 640 });
        const columns = width >= 420 ? 7 : 5;
        await page.waitForFunction(
          (many) => document.querySelectorAll(".heat thead th").length === many,
          columns,
        );
        await page.waitForFunction(() => {
          const drawn = document.querySelector(".plot")?.getAttribute("width");
          return Number(drawn) === document.querySelector(".picture")?.clientWidth;
        });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([width, wide]).toEqual([width, width]);
        expect([width, await outOfPlace(page)]).toEqual([width, []]);
        // Words in a picture stay in it, as large as the others.
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll<SVGTextElement>(".plot text")].flatMap((text) => {
            const [own, all] = [text, text.ownerSVGElement as SVGElement].map((one) =>
              one.getBoundingClientRect(),
            ) as [DOMRect, DOMRect];
            const inside = own.left >= all.left - 0.5 && own.right <= all.right + 0.5;
            const size = getComputedStyle(text).fontSize;
            return inside && size === "11px" ? [] : [`${text.textContent} ${size}`];
          }),
        );
        expect([width, cut]).toEqual([width, []]);
      }
      await page.close();
    },
    60_000,
  );

  test("sliders go by keys, say where they lead, and another status is spoken", async () => {
    const page = await open();
    await account(page);
    const slider = page.locator("#slider-price");
    await page.focus("#slider-price");
    const value = (): Promise<string> => slider.inputValue();
    await page.keyboard.press("ArrowRight");
    expect(await value()).toBe("0.5");
    expect(await page.inputValue("#move-price")).toBe("+0.5");
    await page.keyboard.press("PageUp");
    expect(await value()).toBe("3");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(
      /^价格涨 3%，风险度 [\d.]+%，平仓$/,
    );
    expect(await plain(page, "#live, [aria-live=polite]")).toContainEqual(
      expect.stringMatching(/假设：平仓，风险度 [\d.]+%/),
    );
    await page.keyboard.press("0");
    expect(await page.inputValue("#move-price")).toBe("0.0");
    expect(await ratioThen(page)).toBe("94.28%");
    await page.keyboard.press("Home");
    expect(await value()).toBe("-20");
    await page.keyboard.press("End");
    expect(await value()).toBe("20");
    // Typed to the hundredth, which the curve's sentence has told.
    await page.fill("#move-price", "+0.94");
    expect(await ratioThen(page)).toMatch(/^100\.0/);
    await page.click("#market-reset");
    expect(await page.inputValue("#move-price")).toBe("");
    expect(await focused(page)).toBe("slider-price");
    // One underlying alone moves less.
    await page.fill("#move-price", "+5");
    const all = await ratioThen(page);
    await page.selectOption("#market-of", "SR701");
    expect(await ratioThen(page)).not.toBe(all);
    await page.waitForFunction(() =>
      /（[\d,.]+）|之内/.test(document.querySelector("#curve-heading + p")?.textContent ?? ""),
    );
    await page.close();
  }, 40_000);

  test("the heat map is walked through with the arrows, and Enter takes a cell as the assumption", async () => {
    const page = await open();
    await account(page);
    await page.focus(".heat-cell.is-now");
    expect(await focused(page)).toBe("heat-2-1");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("heat-1-2");
    const there = await page.locator("#heat-1-2").innerText();
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#move-price")).toBe("+3.0");
    expect(await page.inputValue("#move-volatility")).toBe("+25");
    expect(await ratioThen(page)).toContain(there.trim().slice(0, 4));
    expect(await focused(page)).toBe("heat-1-2");
    expect(await page.locator(".heat-cell[tabindex='0']").count()).toBe(1);
    await page.close();
  }, 40_000);

  test("a slider dragged over two hundred legs is followed by the strip, and by the curve once it rests", async () => {
    const page = await open();
    await page.setInputFiles("#files", file("many.csv", manyLegs()));
    await page.waitForSelector("#status-heading", { state: "attached" });
    await page.fill("#typed-equity", "20000000");
    await page.click("#settings-button");
    await page.check('input[name="surcharge"][value="multiple"]');
    await page.fill("#set-surcharge-markup", "10%");
    await page.click("#settings-back");
    await market(page);
    for (const id of ["slider-price", "slider-volatility"]) {
      const drag = await page.evaluate(async (slider) => {
        const input = document.getElementById(slider) as HTMLInputElement;
        const frame = (): Promise<number> => new Promise((next) => requestAnimationFrame(next));
        const [frames, work]: [number[], number[]] = [[await frame()], []];
        const shown = new Set<string>();
        for (let n = 1; n <= 60; n++) {
          const start = performance.now();
          input.value = String(n * Number(input.step));
          input.dispatchEvent(new Event("input", { bubbles: true }));
          work.push(performance.now() - start);
          shown.add(document.querySelector(".strip td.strong")?.textContent ?? "");
          frames.push(await frame());
        }
        const middle = (all: number[]): number => all.sort((a, b) => a - b)[all.length >> 1] ?? NaN;
        const took = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
        return { fps: (1000 * 60) / took, work: middle(work), shown: shown.size };
      }, id);
      // A busy machine draws late: what is asserted is that every place was shown.
      process.stdout.write(
        `${LEGS} legs, ${id}: ${drag.fps.toFixed(0)} frames a second, ${drag.work.toFixed(1)} ms of work a move\n`,
      );
      expect(drag.shown).toBeGreaterThan(30);
    }
    await page.waitForFunction(() =>
      document.querySelector("#curve-heading + p")?.textContent?.includes("60%"),
    );
    await page.close();
  }, 60_000);
});

inBrowser("the sheet of the market", () => {
  const session = workbenchSession();

  test("holds a grid that follows its cells: the pane's ratios at first, and others once a move is changed", async () => {
    const bench = await session.open("?lang=zh-CN&theme=light");
    const pane = bench.pane();
    await pane.click("#tab-account");
    await pane.waitForSelector("#choose-files");
    await account(pane);
    await pane.click("#write-market");
    await pane.waitForSelector("#undo");
    expect(await pane.locator(".advice.done").innerText()).toMatch(/已写入“行情 11-20”。.*撤销/);
    await bench.settled();
    const shown = (await plain(pane, ".heat-cell span")).map(Number);
    const columns = Math.sqrt(shown.length);
    const last = `${"ABCDEFGH"[columns]}${15 + columns}`;
    const rounded = async (): Promise<number[]> =>
      (await bench.values(`B16:${last}`))
        .flat()
        .map((ratio) => Math.round(1000 * Number(ratio)) / 10);
    expect(await rounded()).toEqual(shown);
    // Three percent up in place of six: the first row is then as the second.
    await bench.type("A16", "3%");
    await bench.settled();
    expect((await rounded()).slice(0, columns)).toEqual(shown.slice(columns, 2 * columns));
    await pane.click("#undo");
    await pane.waitForSelector("text=已删除“行情 11-20”。");
  }, 90_000);
});
