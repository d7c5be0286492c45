// Small wrong turns of one source file, each as text to be put in the place of other text. Types are not looked at.
import ts from "typescript";

const swapped = new Map([
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
  [ts.SyntaxKind.PercentToken, "*"],
]);
const methods = new Map([
  ["some", "every"],
  ["every", "some"],
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
]);

/** `from`, `to`: where in the text; `line` from 1; `was` and `is` for whoever reads the list. */
export function mutantsOf(text, path) {
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found = [];
  const put = (from, to, is) =>
    found.push({ from, to, is, was: text.slice(from, to), line: file.getLineAndCharacterOfPosition(from).line + 1 });
  const replace = (node, is) => put(node.getStart(file), node.getEnd(), is);
  const visit = (node) => {
    if (
      ts.isTypeNode(node) ||
      ts.isImportDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)
    )
      return;
    if (ts.isBinaryExpression(node)) {
      const is = swapped.get(node.operatorToken.kind);
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (is && !(isText && is === "-")) replace(node.operatorToken, is);
      if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
        replace(node, `(${node.right.getText(file)})`);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      replace(node, node.operand.getText(file));
    if (ts.isConditionalExpression(node)) replace(node.condition, `!(${node.condition.getText(file)})`);
    if (ts.isIfStatement(node) || ts.isWhileStatement(node))
      replace(node.expression, `!(${node.expression.getText(file)})`);
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, "false");
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, "true");
    if (ts.isNumericLiteral(node)) replace(node, `(${node.text} + 1)`);
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) replace(node, ";");
    if (ts.isPropertyAccessExpression(node)) {
      const is = methods.get(node.name.text);
      if (is) replace(node.name, is);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

export const apply = (text, { from, to, is }) => `${text.slice(0, from)}${is}${text.slice(to)}`;
