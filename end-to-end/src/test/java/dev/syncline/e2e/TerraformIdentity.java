// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Users, groups, keys, roles, policies, instance profiles and providers, changed in each way. */
final class TerraformIdentity implements TerraformPart {
  private String key = "";

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public List<String> steps() throws IOException {
    return List.of(configuration("first"), configuration("second"));
  }

  private static String configuration(String name) throws IOException {
    return Files.readString(
        Repository.path("end-to-end/src/test/resources/terraform/identity_" + name + ".tf"));
  }

  @Override
  public void check(int step, Applied applied) {
    JsonNode user =
        applied
            .call("iam", "GetUser", Applied.object().put("UserName", "identity-ann"))
            .path("User");
    JsonNode staff =
        applied.call("iam", "GetGroup", Applied.object().put("GroupName", "identity-staff"));
    JsonNode role =
        applied
            .call("iam", "GetRole", Applied.object().put("RoleName", "identity-server"))
            .path("Role");
    assertThat(applied.output("ann")).isEqualTo(user.path("Arn").asText());
    if (step == 0) {
      key = applied.output("key");
      assertThat(user.at("/PermissionsBoundary/PermissionsBoundaryArn").asText())
          .isEqualTo("arn:aws:iam::aws:policy/ReadOnlyAccess");
      assertThat(staff.at("/Users").findValuesAsText("UserName")).containsExactly("identity-ann");
      assertThat(role.has("PermissionsBoundary")).isTrue();
      return;
    }
    assertThat(applied.output("key")).isEqualTo(key);
    assertThat(user.has("PermissionsBoundary")).isFalse();
    assertThat(staff.at("/Users").findValuesAsText("UserName")).containsExactly("identity-bob");
    assertThat(role.has("PermissionsBoundary")).isFalse();
    assertThat(role.path("MaxSessionDuration").asInt()).isEqualTo(3600);
    JsonNode keys =
        applied.call("iam", "ListAccessKeys", Applied.object().put("UserName", "identity-ann"));
    assertThat(keys.at("/AccessKeyMetadata/0/Status").asText()).isEqualTo("Inactive");
  }
}
