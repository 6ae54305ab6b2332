// A problem names its column as the file does: who looks for “手数” finds no “总持仓” in the file.
import { describe, expect, test } from "@jest/globals";
import { readPasted, readStatement } from "../src/statements";
import { caseNamed } from "./statements/files";

const named = async (text: string): Promise<(string | undefined)[]> => {
  const { problems } = await readPasted(text, "表", { day: "2026-11-20" });
  return problems.map(({ column, text: { zh } }) => `${column}: ${zh}`);
};

describe("a table of the user's own", () => {
  test.each([
    ["合约,方向,手数,结算价\nIO2612-C-4800,卖,三手,45.2", "手数: 第 2 行“手数”不是数字：“三手”。"],
    ["合约,方向,张数,结算价\nIO2612-C-4800,卖,,45.2", "张数: 第 2 行缺“张数”。"],
    ["合约,方向,手 数,结算价\nIO2612-C-4800,卖,1.5,45.2", "手 数: 第 2 行“手 数”不合理：“1.5”。"],
    ["合约,方向,手数 Lots,今结算\nIO2612-C-4800,卖,1,x", "今结算: 第 2 行“今结算”不是数字：“x”。"],
  ])("%j says %s", async (text, said) => {
    expect(await named(text)).toContain(said);
  });

  test("without a header the column has our name", async () => {
    const { problems } = await readPasted("IO2612-C-4800,卖,三手\nIO2612-P-4300,卖,1", "表", {
      day: "2026-11-20",
      mapping: { headerRow: 0, columns: { contract: 0, side: 1, quantity: 2 } },
    });
    expect(problems.map(({ text }) => text.zh)).toContain("第 1 行“总持仓”不是数字：“三手”。");
  });
});

test("a statement of several headers in a row names the Chinese one it prints", async () => {
  const { bytes, file } = caseNamed("etf-option");
  const damaged = Buffer.from(
    Buffer.from(bytes).toString("latin1").replace("|42485.60|", "|42x85.60|"),
    "latin1",
  );
  const { problems } = await readStatement(damaged, file);
  expect(problems.map(({ text }) => text.zh)).toContainEqual(
    expect.stringMatching(/“保证金占用”不是数字：“42x85\.60”/),
  );
});
