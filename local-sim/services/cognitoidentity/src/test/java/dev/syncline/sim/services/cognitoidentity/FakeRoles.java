// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.servicetests.FakeRoom;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** IAM with a role of any name. A name with {@code untrusted} has a policy for Lambda. */
final class FakeRoles extends FakeRoom {
  FakeRoles() {
    super("iam", new Protocol.Query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"));
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(
            "GetRole: RoleName", (input, context) -> role(input.requiredText("RoleName"))));
  }

  private static Output role(String name) {
    ObjectNode answer = Json.object();
    answer
        .putObject("Role")
        .put("Arn", "arn:aws:iam::111111111111:role/" + name)
        .put(
            "AssumeRolePolicyDocument",
            URLEncoder.encode(trust(name).replace('\'', '"'), StandardCharsets.UTF_8));
    return Output.of(answer);
  }

  private static String trust(String name) {
    if (name.contains("untrusted")) {
      return "{'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'},"
          + " 'Action': 'sts:AssumeRole'}]}";
    }
    String kind = name.contains("guest") ? "unauthenticated" : "authenticated";
    return "{'Statement': [{'Effect': 'Allow', 'Principal': {'Federated':"
        + " 'cognito-identity.amazonaws.com'}, 'Action': ['sts:AssumeRoleWithWebIdentity',"
        + " 'sts:TagSession'], 'Condition': {'ForAnyValue:StringLike':"
        + " {'cognito-identity.amazonaws.com:amr': '"
        + kind
        + "'}}}]}";
  }
}
