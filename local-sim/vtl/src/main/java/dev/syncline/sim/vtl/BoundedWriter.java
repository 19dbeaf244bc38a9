// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.io.Writer;

/** Collects what a template renders, up to a limit. */
final class BoundedWriter extends Writer {
  private final StringBuilder text = new StringBuilder();
  private final int limit;

  BoundedWriter(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(char[] chars, int offset, int length) {
    require(length);
    text.append(chars, offset, length);
  }

  @Override
  public void write(String part, int offset, int length) {
    require(length);
    text.append(part, offset, offset + length);
  }

  private void require(int more) {
    if (text.length() + (long) more > limit) {
      String reason = "The template renders more than " + limit + " characters";
      throw new TemplateFault(reason, reason, TemplateException.Kind.LIMIT);
    }
    RenderBudget.current().charge(1);
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    // It holds no resource.
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
