// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables in {@code terraform/README.md} name every input and output, with its description. */
class TerraformReadmeTest {
  @ParameterizedTest
  @CsvSource({"variables.tf, variable, ## Inputs", "outputs.tf, output, ## Outputs"})
  void theTableIsCurrent(String file, String kind, String heading) throws IOException {
    String readme = text("README.md");
    String section = readme.substring(readme.indexOf(heading) + heading.length());
    int next = section.indexOf("\n## ");
    String table = next < 0 ? section : section.substring(0, next);
    List<String> expected = rows(kind, text(file));
    var found = new ArrayList<String>();
    table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" \\| ")[0] + " | " + line.split(" \\| ")[1].replace(" |", ""))
        .forEach(found::add);

    assertThat(expected).isNotEmpty();
    assertThat(found).isEqualTo(expected);
  }

  private static List<String> rows(String kind, String source) {
    var rows = new ArrayList<String>();
    Matcher block =
        Pattern.compile(
                "^" + kind + " \"(\\w+)\" \\{\\n  description = \"(.*)\"$", Pattern.MULTILINE)
            .matcher(source);
    while (block.find()) {
      rows.add("| `" + block.group(1) + "` | " + block.group(2).replace("\\\"", "\""));
    }
    return rows;
  }

  private static String text(String file) throws IOException {
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      Path found = directory.resolve("terraform").resolve(file);
      if (Files.isRegularFile(found) && Files.isDirectory(directory.resolve("cloudformation"))) {
        return Files.readString(found, StandardCharsets.UTF_8);
      }
    }
    throw new IllegalStateException("no terraform/" + file);
  }
}
