// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is laid out by google-java-format. It runs here and not in Maven's own process
 * because it parses with the JDK it runs on, which has to know the language level; see ADR 0003.
 *
 * <p>{@code -Dsyncline.format=apply} rewrites the files.
 */
class FormattingTest {
  private static final boolean APPLY = "apply".equals(System.getProperty("syncline.format"));

  @Test
  void everyFileIsLaidOutByGoogleJavaFormat() throws Exception {
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> files = Sources.java();
    List<String> wrong =
        files.parallelStream()
            .filter(file -> !isFormatted(formatter, file))
            .map(Sources::shown)
            .sorted()
            .toList();
    assertThat(files).isNotEmpty();
    assertThat(wrong)
        .as(
            "files to format; mvn verify -pl end-to-end -am -Dtest=FormattingTest"
                + " -Dsyncline.format=apply does it")
        .isEmpty();
  }

  /** Whether a file is formatted; with {@code apply} it is formatted afterwards. */
  private static boolean isFormatted(Formatter formatter, Path file) {
    try {
      String source = Files.readString(file);
      String formatted = formatter.formatSourceAndFixImports(source);
      if (APPLY && !formatted.equals(source)) {
        Files.writeString(file, formatted);
        return true;
      }
      return formatted.equals(source);
    } catch (FormatterException | IOException broken) {
      throw new AssertionError(Sources.shown(file) + ": " + broken.getMessage(), broken);
    }
  }
}
