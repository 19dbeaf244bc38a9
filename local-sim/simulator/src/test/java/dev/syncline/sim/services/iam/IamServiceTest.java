// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static dev.syncline.sim.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.testing.CoreServices;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managed policies. */
class IamServiceTest {
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  private static final String TRUST =
      "'AssumeRolePolicyDocument': '{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\"}]}'";

  @AutoClose private final CoreServices core = new CoreServices(new ClockMode.Skipping());

  @BeforeEach
  void createRole() {
    call("CreateRole", "{'RoleName': 'r', " + TRUST + "}");
  }

  @Test
  void thePoliciesOfAwsAreListedPageByPage() {
    var names = new TreeSet<String>();
    String marker = "";
    do {
      JsonNode page = call("ListPolicies", "{'Scope': 'AWS', 'MaxItems': 1000" + marker + "}");
      page.path("Policies").forEach(policy -> names.add(policy.path("Arn").asText()));
      marker = page.has("Marker") ? ", 'Marker': '" + page.path("Marker").asText() + "'" : "";
      assertThat(page.path("IsTruncated").asBoolean()).isEqualTo(!marker.isEmpty());
    } while (!marker.isEmpty());

    assertThat(names)
        .hasSizeGreaterThan(1000)
        .contains(BASIC, "arn:aws:iam::aws:policy/AdministratorAccess");
  }

  @Test
  void theCustomersOwnAreToldApart() {
    call(
        "CreatePolicy",
        "{'PolicyName': 'own', 'PolicyDocument':"
            + " '{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\"}]}'}");
    call("AttachRolePolicy", "{'RoleName': 'r', 'PolicyArn': '" + BASIC + "'}");

    assertThat(
            call("ListEntitiesForPolicy", "{'PolicyArn': '" + BASIC + "'}")
                .findValuesAsText("RoleName"))
        .containsExactly("r");
    assertThat(call("ListPolicies", "{'Scope': 'Local'}").path("Policies")).hasSize(1);
    assertThat(call("ListPolicies", "{'OnlyAttached': true}").findValuesAsText("Arn"))
        .containsExactly(BASIC);
    assertThat(
            call("ListPolicies", "{'Scope': 'AWS', 'PathPrefix': '/job-function/'}")
                .findValuesAsText("PolicyName"))
        .contains("SystemAdministrator");
  }

  @Test
  void aPolicyOfAwsHasItsVersionAndItsDocument() {
    JsonNode policy = call("GetPolicy", "{'PolicyArn': '" + BASIC + "'}").path("Policy");
    String version = policy.path("DefaultVersionId").asText();
    JsonNode found =
        call("GetPolicyVersion", "{'PolicyArn': '" + BASIC + "', 'VersionId': '" + version + "'}")
            .path("PolicyVersion");

    assertThat(policy.path("Path").asText()).isEqualTo("/service-role/");
    assertThat(policy.path("PolicyId").asText()).matches("ANPA[A-Z0-9]{17}");
    assertThat(URLDecoder.decode(found.path("Document").asText(), StandardCharsets.UTF_8))
        .contains("logs:PutLogEvents");
    assertThat(call("ListPolicyVersions", "{'PolicyArn': '" + BASIC + "'}").path("Versions"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::aws:policy/NoSuchThingAtAll",
        // The path belongs to the name.
        "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::111111111111:policy/none",
      })
  void anInventedPolicyIsNotThere(String arn) {
    String policy = "'PolicyArn': '" + arn + "'";

    refused("GetPolicy", "{" + policy + "}", "NoSuchEntity", "Policy " + arn + " was not found.");
    refused(
        "AttachRolePolicy",
        "{'RoleName': 'r', " + policy + "}",
        "NoSuchEntity",
        "Policy " + arn + " does not exist or is not attachable.");
    refused(
        "CreateRole",
        "{'RoleName': 'other', 'PermissionsBoundary': '" + arn + "', " + TRUST + "}",
        "NoSuchEntity",
        "Scope ARN: " + arn + " does not exist or is not attachable.");
    assertThat(call("ListAttachedRolePolicies", "{'RoleName': 'r'}").path("AttachedPolicies"))
        .isEmpty();
    assertThat(call("ListRoles", "{}").path("Roles")).hasSize(1);
  }

  @Test
  void aPolicyForServiceLinkedRolesIsNotAttached() {
    refused(
        "AttachRolePolicy",
        "{'RoleName': 'r', 'PolicyArn':"
            + " 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy'}",
        "PolicyNotAttachable",
        "Cannot attach a Service Role Policy to a Customer Role.");
  }

  private void refused(String operation, String input, String code, String message) {
    assertRefused(() -> call(operation, input), code, message);
  }

  private JsonNode call(String operation, String input) {
    return core.call("iam", operation, input);
  }
}
