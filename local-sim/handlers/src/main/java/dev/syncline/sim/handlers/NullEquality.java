// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.oracle.js.parser.Token;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;

/**
 * Makes {@code x === null} true for undefined and {@code x === undefined} true for null, as they
 * are on AWS: where one side is written as null or undefined, the strict operator becomes the other
 * one, which has exactly this meaning for these operands. The length of the text and every position
 * stay the same. For one use, by one thread.
 */
final class NullEquality extends NodeVisitor<LexicalContext> {
  private static final int LENGTH = 3;

  private final StringBuilder text;

  NullEquality(String text) {
    super(new LexicalContext());
    this.text = new StringBuilder(text);
  }

  @Override
  public boolean enterBinaryNode(BinaryNode node) {
    TokenType operator = node.tokenType();
    if ((operator == TokenType.EQ_STRICT || operator == TokenType.NE_STRICT)
        && (isNothing(node.getLhs()) || isNothing(node.getRhs()))) {
      int start = Token.descPosition(node.getToken());
      String loose = operator == TokenType.EQ_STRICT ? "== " : "!= ";
      if (text.substring(start, start + LENGTH).equals(operator.getName())) {
        text.replace(start, start + LENGTH, loose);
      }
    }
    return true;
  }

  private static boolean isNothing(Expression side) {
    return side instanceof LiteralNode<?> literal && literal.getValue() == null
        || side instanceof IdentNode ident && ident.getName().equals("undefined")
        || side instanceof UnaryNode unary && unary.tokenType() == TokenType.VOID;
  }

  String text() {
    return text.toString();
  }
}
