// Functions of functions.json as functions of the spreadsheet engine: names, descriptions for the
// autocomplete, and an executor that hands each call on. What a call means is in coercion.ts, when it
// leaves in calls.ts.
import { BooleanNumber, type Ctor, type Nullable } from "@univerjs/core";
import {
  ArrayValueObject,
  BaseFunction,
  BooleanValueObject,
  ErrorType,
  ErrorValueObject,
  FunctionType,
  NumberValueObject,
  StringValueObject,
  type BaseValueObject,
  type IFunctionInfo,
} from "@univerjs/engine-formula";
import type { Calls, CallValue, Caller } from "./calls";
import {
  ErrorCell,
  skipped,
  type Argument,
  type CellValue,
  type FunctionMetadata,
} from "./coercion";

/** Told of every value that a function gives to a cell, so that error messages can be shown. */
export type Answered = (caller: Caller, value: CallValue) => void;

export function customFunction(
  metadata: FunctionMetadata,
  calls: Calls,
  sheetName: (sheetId: string) => string,
  answered: Answered,
): Ctor<BaseFunction> {
  return class extends BaseFunction {
    override calculate(...given: BaseValueObject[]): BaseValueObject {
      const sheetId = this.subUnitId ?? "";
      const { row, column } = this;
      const address = `${sheetName(sheetId)}!${cellName(row, column)}`;
      const caller: Caller = { sheetId, row, column, address };
      const value = calls.answer(metadata, given.map(toArgument), caller);
      if (value === undefined) return ErrorValueObject.create(ErrorType.CONNECT);
      answered(caller, value);
      return toEngine(value);
    }
  };
}

/** What the autocomplete and the parameter tips show. */
export function functionInfo({ name, description, parameters }: FunctionMetadata): IFunctionInfo {
  return {
    functionName: name,
    functionType: FunctionType.User,
    description: description ?? "",
    abstract: description ?? "",
    functionParameter: parameters.map((parameter) => ({
      name: parameter.name,
      detail: parameter.description ?? "",
      example: parameter.dimensionality === "matrix" ? "A1:B2" : "1",
      require: parameter.optional ? BooleanNumber.FALSE : BooleanNumber.TRUE,
      repeat: BooleanNumber.FALSE,
    })),
  };
}

/** Row 4, column 2 → "C5". */
export function cellName(row: number, column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

function toArgument(value: BaseValueObject): Argument {
  if (value.isArray()) return value.getArrayValue().map((row) => row.map(toCellValue));
  // Nothing between two commas; a blank cell comes as a one-cell array instead.
  if (value.isNull()) return skipped;
  return toCellValue(value);
}

function toCellValue(value: Nullable<BaseValueObject>): CellValue {
  if (!value || value.isNull()) return null;
  return value.isError()
    ? new ErrorCell((value as ErrorValueObject).getErrorType())
    : value.getValue();
}

function toEngine(value: CallValue): BaseValueObject {
  if (!Array.isArray(value)) return toEngineValue(value);
  return ArrayValueObject.create({
    calculateValueList: value.map((row) => row.map(toEngineValue)),
    rowCount: value.length,
    columnCount: value[0]?.length ?? 0,
    unitId: "",
    sheetId: "",
    row: -1,
    column: -1,
  });
}

function toEngineValue(value: CellValue): BaseValueObject {
  if (value instanceof ErrorCell) return ErrorValueObject.create(value.error as ErrorType);
  if (typeof value === "number") return NumberValueObject.create(value);
  if (typeof value === "boolean") return BooleanValueObject.create(value);
  return StringValueObject.create(value ?? "");
}
