// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The permissions of secrets. A secret that is not there has an ARN with question marks in place of
 * its random end, so that policies with either wildcard match it; refusals show its name. Source:
 * the service authorization reference.
 */
record SecretsAccess(SecretStore secrets, AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      BatchGetSecretValue GetRandomPassword ListSecrets                | *
      CreateSecret                                                     | secret:{Name}-??????
      DeleteResourcePolicy DeleteSecret DescribeSecret GetResourcePolicy GetSecretValue | {secret}
      ListSecretVersionIds PutResourcePolicy PutSecretValue RestoreSecret | {secret}
      TagResource UntagResource UpdateSecret UpdateSecretVersionStage  | {secret}
      """;

  private static final String UNKNOWN_END = "-??????";
  private static final String ON_SECRETS =
      "CreateSecret DeleteResourcePolicy DeleteSecret DescribeSecret GetResourcePolicy"
          + " GetSecretValue ListSecretVersionIds PutResourcePolicy PutSecretValue RestoreSecret"
          + " TagResource UntagResource UpdateSecret UpdateSecretVersionStage";

  SecretsAccess(SecretStore secrets) {
    this(secrets, table(secrets));
  }

  private static AccessTable table(SecretStore secrets) {
    return AccessTable.of("secretsmanager", ROWS)
        .sparingAny()
        .naming("secret", request -> arn(request, secrets, request.textOrAny("SecretId")))
        .adding(
            "BatchGetSecretValue",
            "secretsmanager:GetSecretValue",
            request -> values(request, secrets))
        .tagging("CreateSecret", "TagResource")
        .key(ON_SECRETS, "secretsmanager:SecretId", request -> secretId(request, secrets))
        .keyOf(ON_SECRETS, "secretsmanager:VersionId", "VersionId")
        .keyOf("CreateSecret", "secretsmanager:Name", "Name")
        .keyOf("CreateSecret UpdateSecret", "secretsmanager:Description", "Description")
        .keyOf("CreateSecret UpdateSecret", "secretsmanager:KmsKeyArn", "KmsKeyId")
        .keyOf(
            "DeleteSecret",
            "secretsmanager:ForceDeleteWithoutRecovery",
            "ForceDeleteWithoutRecovery")
        .keyOf("DeleteSecret", "secretsmanager:RecoveryWindowInDays", "RecoveryWindowInDays")
        .key(
            "GetSecretValue UpdateSecretVersionStage",
            "secretsmanager:VersionStage",
            SecretsAccess::stage)
        .tagsOf(
            arn ->
                secrets.exclusively(
                    () ->
                        secrets.find(arn).map(secret -> Map.copyOf(secret.tags)).orElse(Map.of())));
  }

  private static List<String> stage(AccessRequest request) {
    return List.of(
        request
            .text("VersionStage")
            .orElse(request.text("VersionId").isPresent() ? "" : Secret.CURRENT));
  }

  private static List<String> secretId(AccessRequest request, SecretStore secrets) {
    return request.text("SecretId").map(id -> arn(request, secrets, id)).stream().toList();
  }

  private static String arn(AccessRequest request, SecretStore secrets, String id) {
    return secrets
        .find(id)
        .map(secret -> secret.arn)
        .orElse(
            id.startsWith("arn:")
                ? id
                : request.arn("secretsmanager", "secret:", id + UNKNOWN_END));
  }

  private static List<AccessCheck> values(AccessRequest request, SecretStore secrets) {
    return request.items("SecretIdList").stream()
        .map(
            id ->
                AccessCheck.of("secretsmanager:GetSecretValue", arn(request, secrets, id.asText())))
        .toList();
  }

  @Override
  public Optional<String> resourcePolicy(String resource) {
    return secrets.find(resource).map(secret -> secret.policy);
  }

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    String resource = denial.resource();
    String named =
        resource.endsWith(UNKNOWN_END)
            ? resource.substring(
                resource.indexOf(":secret:") + 8, resource.length() - UNKNOWN_END.length())
            : resource;
    // As recorded: a message about no secret names no resource.
    String shown = named.equals("*") ? "" : named;
    return RoomAccess.super.denied(
        protocol, new AccessDenial(denial.principal(), denial.action(), shown, denial.tail()));
  }
}
