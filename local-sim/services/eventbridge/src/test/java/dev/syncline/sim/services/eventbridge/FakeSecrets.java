// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.servicetests.FakeRoom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets by ARN, and whether to refuse everything. */
final class FakeSecrets extends FakeRoom {
  final Map<String, String> byArn = new LinkedHashMap<>();
  @Nullable AwsException refusal;

  FakeSecrets() {
    super("secretsmanager", new Protocol.AwsJson("secretsmanager", "1.1"));
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of("CreateSecret", this::create, "Name", "SecretString"),
        Operation.of("PutSecretValue", this::put, "SecretId", "SecretString"),
        Operation.of("DeleteSecret", this::delete, "SecretId", "ForceDeleteWithoutRecovery"));
  }

  private Output create(Input input, CallContext context) {
    refuse();
    String arn = context.arn("secretsmanager", "secret:" + input.requiredText("Name") + "-AbCdEf");
    byArn.put(arn, input.requiredText("SecretString"));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ARN", arn);
    return Output.of(json);
  }

  private Output put(Input input, CallContext context) {
    refuse();
    String arn = known(input);
    byArn.put(arn, input.requiredText("SecretString"));
    return Output.empty();
  }

  private Output delete(Input input, CallContext context) {
    refuse();
    if (!input.bool("ForceDeleteWithoutRecovery", false)) {
      throw AwsException.badRequest("InvalidRequestException", "not forced");
    }
    byArn.remove(known(input));
    return Output.empty();
  }

  private String known(Input input) {
    String arn = input.requiredText("SecretId");
    if (!byArn.containsKey(arn)) {
      throw AwsException.badRequest("ResourceNotFoundException", "no secret " + arn);
    }
    return arn;
  }

  private void refuse() {
    if (refusal != null) {
      throw refusal;
    }
  }
}
