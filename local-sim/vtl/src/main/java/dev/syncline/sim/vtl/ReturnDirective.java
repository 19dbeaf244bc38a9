// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.io.Writer;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.directive.Directive;
import org.apache.velocity.runtime.parser.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * {@code #return} and {@code #return(value)}: ends the rendering with a value. Public because
 * Velocity creates it by name. Stateless after it is initialized.
 */
public final class ReturnDirective extends Directive {
  /** Called by Velocity. */
  public ReturnDirective() {}

  @Override
  public String getName() {
    return "return";
  }

  @Override
  public int getType() {
    return LINE;
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer, Node node) {
    throw new Signal(node.jjtGetNumChildren() == 0 ? null : node.jjtGetChild(0).value(context));
  }

  /** Carries the value to the engine. */
  static final class Signal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object value;

    Signal(@Nullable Object value) {
      super("#return", null, false, false);
      this.value = value;
    }

    @Nullable Object value() {
      return value;
    }
  }
}
