// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;

/** A node of a parsed template whose values are charged to the budget. Immutable after parsing. */
final class Watched extends SimpleNode {
  /** What is watched. */
  enum Kind {
    /** An operator that makes a text or a number. */
    MADE,
    /** A value that is compared, or the key of a map: its depth makes that costly. */
    COMPARED,
    /** A bound of a range, which is a list of numbers. */
    RANGE_BOUND
  }

  /** The largest number in a range; AWS publishes no limit. */
  private static final int MAX_RANGE = 100_000;

  private final Node inner;
  private final Kind kind;

  Watched(Node inner, Kind kind) {
    super(inner.getType());
    this.inner = inner;
    this.kind = kind;
  }

  @Override
  public @Nullable Object value(InternalContextAdapter context) {
    Object value = inner.value(context);
    RenderBudget budget = RenderBudget.current();
    switch (kind) {
      case MADE -> {
        budget.made(value);
        budget.charge(value instanceof Collection<?> list ? 1 + list.size() : 1);
      }
      case COMPARED -> budget.kept(value);
      case RANGE_BOUND -> {
        if (value instanceof Number number && Math.abs(number.doubleValue()) > MAX_RANGE) {
          budget.at(getLine(), getColumn());
          throw new TemplateFault(
              "The range has the bound "
                  + number
                  + "; the simulator takes bounds up to "
                  + MAX_RANGE);
        }
      }
    }
    return value;
  }

  @Override
  public boolean evaluate(InternalContextAdapter context) {
    return inner.evaluate(context);
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer) throws IOException {
    return inner.render(context, writer);
  }

  @Override
  public @Nullable Object init(InternalContextAdapter context, @Nullable Object data) {
    return inner.init(context, data);
  }

  @Override
  public @Nullable Object execute(@Nullable Object object, InternalContextAdapter context) {
    return inner.execute(object, context);
  }

  @Override
  public String literal() {
    return inner.literal();
  }

  @Override
  public int jjtGetNumChildren() {
    return inner.jjtGetNumChildren();
  }

  @Override
  public Node jjtGetChild(int index) {
    return inner.jjtGetChild(index);
  }

  @Override
  public int getLine() {
    return inner.getLine();
  }

  @Override
  public int getColumn() {
    return inner.getColumn();
  }

  @Override
  public String getTemplateName() {
    return inner.getTemplateName();
  }

  @Override
  public String getFirstTokenImage() {
    return inner.getFirstTokenImage();
  }

  @Override
  public String getLastTokenImage() {
    return inner.getLastTokenImage();
  }

  @Override
  public void saveTokenImages() {
    // The inner node does it when it is initialized.
  }

  @Override
  public void cleanupParserAndTokens() {
    // The inner node does it when it is initialized.
  }
}
