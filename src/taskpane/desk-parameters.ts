/** Parameter files of clearing houses: kept beside the accounts, and read again when an account holds other products. */
import { hongKongProducts } from "../account";
import { hkex } from "../exchanges/hkex";
import type { RiskFile, Statement } from "../statements";
import type { Input } from "./reading-input";

export interface ParameterFile {
  /** To read it again for other products. */
  readonly input: Input;
  readonly file: RiskFile;
  /** The products it was read for. */
  readonly products: readonly string[];
}

const INDEX_PRODUCTS = hkex.products.map(({ code }) => code);

/** The products wanted of a parameter file: the indices', and what the statements hold beside. */
export const productsWanted = (statements: readonly Statement[]): readonly string[] => [
  ...new Set([...INDEX_PRODUCTS, ...statements.flatMap(hongKongProducts)]),
];

/** A file takes the place of one of its name. */
export const withFile = (
  files: readonly ParameterFile[],
  one: ParameterFile,
): readonly ParameterFile[] => [...files.filter(({ input }) => input.name !== one.input.name), one];

export const lacksProducts = ({ products }: ParameterFile, wanted: readonly string[]): boolean =>
  wanted.some((product) => !products.includes(product));
