// A webpack loader: leaves out of decimal.js what a margin never takes. Its roots, logarithms, angles
// and other bases are methods of one prototype, which no bundler can tell apart from the rest; they are
// a third of the file. A test holds the sources to what stays.
const ts = require("typescript");

/** The methods that are left out, by the names decimal.js gives them. */
const LEFT_OUT = new Set(
  (
    "cosine cubeRoot hyperbolicCosine hyperbolicSine hyperbolicTangent inverseCosine " +
    "inverseHyperbolicCosine inverseHyperbolicSine inverseHyperbolicTangent inverseSine " +
    "inverseTangent logarithm naturalExponential naturalLogarithm sine squareRoot tangent " +
    "toBinary toFraction toHexadecimal toNearest toOctal toPower"
  ).split(" "),
);

/** Of the functions that stand on the class as well (`Decimal.add = add`), only these stay. */
const KEPT_STATIC = new Set(["clone", "config", "set"]);

/** Constants of a thousand digits that only these take. */
const CONSTANTS = ["LN10", "PI"];

/** @param {ts.Node} node whether it makes a decimal of one of them: `PI = new Decimal(PI)` */
const isConstant = (node) =>
  ts.isExpressionStatement(node) &&
  ts.isBinaryExpression(node.expression) &&
  ts.isIdentifier(node.expression.left) &&
  ts.isNewExpression(node.expression.right) &&
  CONSTANTS.includes(node.expression.left.text);

/**
 * The names a chain of assignments gives to one value: `P.cosine = P.cos = function …`.
 * @param {ts.Node} node
 * @returns {{ owner: string, names: string[], value: ts.Node } | undefined}
 */
function assigned(node) {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { left, right } = node;
  if (!ts.isPropertyAccessExpression(left) || !ts.isIdentifier(left.expression)) return;
  const rest = assigned(right);
  const names = [left.name.text, ...(rest?.names ?? [])];
  return { owner: left.expression.text, names, value: rest?.value ?? right };
}

/**
 * The statements of decimal.js to leave out, and every name that goes with them.
 * @param {string} source
 */
function leftOut(source) {
  /** @type {ts.Node[]} */
  const statements = [];
  /** @type {string[]} */
  const names = [];
  const visit = (/** @type {ts.Node} */ node) => {
    if (isConstant(node)) return void statements.push(node);
    const found = ts.isExpressionStatement(node) && assigned(node.expression);
    const method = found && found.owner === "P" && LEFT_OUT.has(found.names[0]);
    const twin =
      found?.owner === "Decimal" &&
      ts.isIdentifier(found.value) &&
      found.names.includes(found.value.text);
    if (method || (twin && !found.names.some((name) => KEPT_STATIC.has(name)))) {
      statements.push(node);
      if (method) names.push(...found.names);
    } else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("decimal.mjs", source, ts.ScriptTarget.Latest));
  const missing = [...LEFT_OUT].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`decimal.js has no ${missing.join(", ")}`);
  if (statements.filter(isConstant).length < CONSTANTS.length) {
    throw new Error(`decimal.js makes no decimals of ${CONSTANTS.join(" and ")}`);
  }
  return { statements, names };
}

/** @param {string} source */
module.exports = function decimalLoader(source) {
  let kept = source;
  for (const { pos, end } of leftOut(source).statements.reverse()) {
    kept = kept.slice(0, pos) + kept.slice(end);
  }
  return kept;
};
module.exports.namesLeftOut = (/** @type {string} */ source) => leftOut(source).names;
