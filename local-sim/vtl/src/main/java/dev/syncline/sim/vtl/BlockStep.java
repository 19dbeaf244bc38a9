// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.io.Writer;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;

/** A last child of each block: charges for every time that the block is rendered. Immutable. */
final class BlockStep extends SimpleNode {
  private final int blockLine;
  private final int blockColumn;

  BlockStep(SimpleNode block) {
    super(block.getType());
    // Nodes know their own place only once they are initialized.
    this.blockLine = block.getFirstToken().beginLine;
    this.blockColumn = block.getFirstToken().beginColumn;
  }

  @Override
  public @Nullable Object init(InternalContextAdapter context, @Nullable Object data) {
    return data;
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer) {
    RenderBudget budget = RenderBudget.current();
    budget.at(blockLine, blockColumn);
    budget.charge(1);
    return true;
  }

  @Override
  public int getLine() {
    return blockLine;
  }

  @Override
  public int getColumn() {
    return blockColumn;
  }

  @Override
  public String literal() {
    return "";
  }

  @Override
  public void saveTokenImages() {
    // It has no tokens.
  }

  @Override
  public void cleanupParserAndTokens() {
    // It has no tokens.
  }
}
