// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.testing.CoreServices;
import dev.syncline.sim.testing.Refusals;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users, groups, keys and profiles: what IAM refuses, and how it says it. */
class IamRecordsTest {
  private static final String READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";

  @AutoClose private final CoreServices core = new CoreServices(new ClockMode.Skipping());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          GetUser | {'UserName': 'x'} | NoSuchEntity | The user with name x cannot be found.
          GetGroup | {'GroupName': 'x'} | NoSuchEntity | The group with name x cannot be found.
          GetInstanceProfile | {'InstanceProfileName': 'x'} | NoSuchEntity | Instance Profile x cannot be found.
          GetLoginProfile | {'UserName': 'ann'} | NoSuchEntity | Login Profile for User ann cannot be found.
          GetUserPolicy | {'UserName': 'ann', 'PolicyName': 'p'} | NoSuchEntity | The user policy with name p cannot be found.
          GetGroupPolicy | {'GroupName': 'staff', 'PolicyName': 'p'} | NoSuchEntity | The group policy with name p cannot be found.
          DeleteAccessKey | {'UserName': 'ann', 'AccessKeyId': 'AKIAIOSFODNN7EXAMPLE'} | NoSuchEntity | The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.
          CreateUser | {'UserName': 'ANN'} | EntityAlreadyExists | User with name ANN already exists.
          CreateGroup | {'GroupName': 'staff'} | EntityAlreadyExists | Group with name staff already exists.
          CreateInstanceProfile | {'InstanceProfileName': 'i'} | EntityAlreadyExists | Instance Profile i already exists.
          AttachUserPolicy | {'UserName': 'ann', 'PolicyArn': 'arn:aws:iam::aws:policy/Invented'} | NoSuchEntity | Policy arn:aws:iam::aws:policy/Invented does not exist or is not attachable.
          PutUserPermissionsBoundary | {'UserName': 'ann', 'PermissionsBoundary': 'arn:aws:iam::111111111111:policy/x'} | NoSuchEntity | Scope ARN: arn:aws:iam::111111111111:policy/x does not exist or is not attachable.
          ListAccessKeys | {} | ValidationError | Must specify userName when calling with non-User credentials
          DeleteGroup | {'GroupName': 'staff'} | DeleteConflict | Cannot delete entity, must remove users from group first.
          PutUserPolicy | {'UserName': 'ann', 'PolicyName': 'p', 'PolicyDocument': '{'} | MalformedPolicyDocument | This policy contains invalid Json
          CreateServiceLinkedRole | {'AWSServiceName': 'x.amazonaws.com'} | InvalidInput | Cannot find Service Linked Role template for x.amazonaws.com
          """)
  void refusalsHaveAwsCodesAndTexts(String operation, String input, String code, String text) {
    call("CreateUser", "{'UserName': 'ann'}");
    call("CreateGroup", "{'GroupName': 'staff'}");
    call("AddUserToGroup", "{'GroupName': 'staff', 'UserName': 'ann'}");
    call("CreateInstanceProfile", "{'InstanceProfileName': 'i'}");

    Refusals.assertRefused(() -> call(operation, input), code, text);
  }

  @Test
  void aUserIsDeletedWhenItHasNothing() {
    call("CreateUser", "{'UserName': 'ann'}");
    call("AttachUserPolicy", "{'UserName': 'ann', 'PolicyArn': '" + READ + "'}");
    String key =
        call("CreateAccessKey", "{'UserName': 'ann'}").at("/AccessKey/AccessKeyId").asText();
    call("CreateAccessKey", "{'UserName': 'ann'}");

    Refusals.assertRefused(
        () -> call("CreateAccessKey", "{'UserName': 'ann'}"),
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2");
    Refusals.assertRefused(
        () -> call("DeleteUser", "{'UserName': 'ann'}"),
        "DeleteConflict",
        "Cannot delete entity, must detach all policies first.");
    call("DetachUserPolicy", "{'UserName': 'ann', 'PolicyArn': '" + READ + "'}");
    Refusals.assertRefused(
        () -> call("DeleteUser", "{'UserName': 'ann'}"),
        "DeleteConflict",
        "Cannot delete entity, must delete access keys first.");
    assertThat(key).matches("AKIA[A-Z0-9]{16}");
  }

  private JsonNode call(String operation, String input) {
    return core.call("iam", operation, input);
  }
}
