// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The output of a function, line by line, as UTF-8. A line of more than 256 KiB is split, because
 * of CloudWatch's limit of events. Thread-safe.
 */
final class FunctionOutput extends OutputStream {
  private static final int MAX_LINE = 256 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  FunctionOutput(Consumer<String> lines) {
    this.lines = lines;
  }

  PrintStream asPrintStream() {
    return new PrintStream(this, false, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      endLine();
    } else {
      line.write(b);
      if (line.size() >= MAX_LINE) {
        endLine();
      }
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /** Logs a line that has no end yet. */
  synchronized void endOpenLine() {
    if (line.size() > 0) {
      endLine();
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
