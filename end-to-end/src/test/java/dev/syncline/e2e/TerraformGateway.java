// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Integrations of a queue and a URL, a Lambda authorizer, and an API from an OpenAPI document. The
 * second step changes each in place.
 */
final class TerraformGateway implements TerraformPart {
  private static final String CONFIGURATION = "end-to-end/src/test/resources/terraform/gateway.tf";
  private static final String REVISION = "default = \"1\"";

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public List<String> steps() throws IOException {
    String first = Files.readString(Repository.path(CONFIGURATION));
    return List.of(first, first.replace(REVISION, "default = \"2\""));
  }

  @Override
  public void check(int step, Applied applied) {
    if (step == 1) {
      assertThat(applied.count("Modifications")).isEqualTo(5);
      assertThat(applied.count("Creation")).isZero();
      assertThat(applied.count("Destruction")).isZero();
    }
  }
}
