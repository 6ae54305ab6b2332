// What is typed or copied beside a statement: lines of codes and prices, in whatever way they are kept apart.
import { expect, test } from "@jest/globals";
import { cellsOfPaste } from "../src/taskpane/desk-cells";

test.each([
  ["a tab", "SR701\t5750", [["SR701", "5750"]]],
  ["a space", "SR701 5750", [["SR701", "5750"]]],
  ["several spaces", "SR701    5750", [["SR701", "5750"]]],
  ["a comma", "m2701,985", [["m2701", "985"]]],
  ["a comma before decimals", "sc2702,498.6", [["sc2702", "498.6"]]],
  ["a Chinese comma and wide digits", "ＳＲ７０１，５７５０", [["SR701", "5750"]]],
  ["a semicolon", "IO;4650", [["IO", "4650"]]],
  ["a colon", "IO：4650", [["IO", "4650"]]],
])("%s keeps code and price apart", (_, text, cells) => {
  expect(cellsOfPaste(text)).toEqual(cells);
});

test.each([
  ["CSI 300 4650", [["CSI 300", "4650"]]],
  ["IO 4,650.2", [["IO", "4,650.2"]]],
  ["cu2701,86,500", [["cu2701", "86,500"]]],
  ["IO,沪深300,4650", [["IO", "沪深300", "4650"]]],
  ["510300,3.948", [["510300", "3.948"]]],
])("“%s” is a name and a price", (text, cells) => {
  expect(cellsOfPaste(text)).toEqual(cells);
});

test("a price alone stays one, whatever groups its digits", () => {
  expect(cellsOfPaste("4,650\n5750\r\n86,500.5\n")).toEqual([["4,650"], ["5750"], ["86,500.5"]]);
});
